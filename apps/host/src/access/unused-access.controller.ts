import { knownNode, suggestions, unusedApplications, unusedOfGroup, unusedRoles } from '@castellan/access';
import type { RemovalSuggestions, UnusedApplications, UnusedRoles } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { exportNotes, titleOf } from './access-file.js';
import { SuggestionsQuery, UnusedConditions, UnusedQuery, UnusedRolesConditions, UnusedRolesQuery } from './access-query.js';
import { ABOUT_OBSERVED, observedRows } from './observed-use.js';
import { ACCESS_LIMITS, WHOLE_LIST } from './page-limits.js';
import { isOffset, readDays, readUnused } from './read-access-query.js';
import { SUGGESTIONS_ANSWER, UNUSED_ANSWER, UNUSED_ROLES_ANSWER } from './unused-examples.js';
import { SUGGESTIONS_TABLE, UNUSED_ROLES_TABLE, UNUSED_TABLE } from './unused-files.js';

const FILES = {
  parameters: FORMAT,
  media: EXPORT_MEDIA,
  problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
} as const;
const MOST_SUGGESTIONS = 500;

/** Access that nobody was seen to use. */
@Controller('integrations/:id/access')
export class UnusedAccessController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #exports: Exports;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(Exports) exports: Exports,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#exports = exports;
  }

  @Get('unused')
  @Endpoint({
    access: 'records:read',
    summary: 'List applications that somebody reaches and has not used',
    description:
      'As it was counted after the last sync that changed something; of a `group` as it is now. `unused`: most who do not use it first; `share`: the largest part of them first. Days are those of UTC.',
    answer: UNUSED_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async applications(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(UnusedQuery)) query: UnusedQuery,
  ): Promise<UnusedApplications> {
    const integration = await this.#integrations.require(caller, id);
    const list = listOf('access/unused', integration.id, query);
    const offset = Number(readCursor(query, list, isOffset) ?? 0);
    const page = await this.#unused(query, integration.id, offset, readLimit(query, ACCESS_LIMITS));
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('unused/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export applications that somebody reaches and has not used',
    description: `As it was counted at \`countedAt\`; of a group while the file was written. ${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    ...FILES,
  })
  async exportApplications(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(UnusedConditions)) query: UnusedConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const ask = (after = '0') => this.#unused(query, integration.id, Number(after), WHOLE_LIST);
    const first = await ask();
    const of = query.group === undefined ? integration.name : await this.#titleOf(integration.id, 'group', query.group);
    await this.#exports.give(caller, response, {
      title: { about: 'unused applications of', label: of, facts: `${first.days} days` },
      format,
      table: UNUSED_TABLE,
      pages: observedRows(first, ask),
      action: 'access.export',
      notes: exportNotes(integration, 'unused', query),
    });
  }

  @Get('unused-roles')
  @Endpoint({
    access: 'records:read',
    summary: 'List accounts that hold a role and have not used any right of administration',
    description: 'Directly or through groups. Whoever never has comes first. Days are those of UTC.',
    answer: UNUSED_ROLES_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async roles(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(UnusedRolesQuery)) query: UnusedRolesQuery,
  ): Promise<UnusedRoles> {
    const integration = await this.#integrations.require(caller, id);
    const days = readDays('days', query.days);
    const list = listOf('access/unused-roles', integration.id, query);
    const offset = Number(readCursor(query, list, isOffset) ?? 0);
    const limit = readLimit(query, ACCESS_LIMITS);
    const page = await unusedRoles(this.#storage.queries, { integrationId: integration.id, days, offset, limit });
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('unused-roles/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export accounts that hold a role and have not used any right of administration',
    description: `${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    ...FILES,
  })
  async exportRoles(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(UnusedRolesConditions)) query: UnusedRolesConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const question = { integrationId: integration.id, days: readDays('days', query.days), limit: WHOLE_LIST };
    const ask = (after = '0') => unusedRoles(this.#storage.queries, { ...question, offset: Number(after) });
    await this.#exports.give(caller, response, {
      title: { about: 'unused roles of', label: integration.name, facts: `${question.days} days` },
      format,
      table: UNUSED_ROLES_TABLE,
      pages: observedRows(await ask(), ask),
      action: 'access.export',
      notes: exportNotes(integration, 'unused-roles', query),
    });
  }

  @Get('suggestions')
  @Endpoint({
    access: 'records:read',
    summary: 'List assignments of an application that can go, as far as was observed',
    description:
      `First those that nobody who would lose the application has used it through, then those that few have (\`breaking\`: a tenth of \`losing\` at most); the most accounts first, ${MOST_SUGGESTIONS} at most. ` +
      'Each is judged by itself: of two that give it to the same people either can go, and then the other one breaks something.',
    answer: SUGGESTIONS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async suggestions(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(SuggestionsQuery)) query: SuggestionsQuery,
  ): Promise<RemovalSuggestions> {
    const integration = await this.#integrations.require(caller, id);
    return this.#suggestions(query, integration.id);
  }

  @Get('suggestions/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export assignments of an application that can go, as far as was observed',
    description: `${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    ...FILES,
  })
  async exportSuggestions(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(SuggestionsQuery)) query: SuggestionsQuery,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const found = await this.#suggestions(query, integration.id);
    const of = await this.#titleOf(integration.id, 'application', query.application);
    await this.#exports.give(caller, response, {
      title: { about: 'suggestions for', label: of, facts: `${found.days} days` },
      format,
      table: SUGGESTIONS_TABLE,
      pages: observedRows(found),
      action: 'access.export',
      notes: exportNotes(integration, 'suggestions', query),
    });
  }

  async #titleOf(integrationId: string, kind: 'application' | 'group', key: string): Promise<string> {
    return titleOf((await knownNode(this.#storage.queries, integrationId, { kind, key })) ?? { label: key, key });
  }

  async #unused(query: UnusedConditions, integrationId: string, offset: number, limit: number): Promise<UnusedApplications> {
    const { group, ...question } = readUnused(query, integrationId);
    const { queries } = this.#storage;
    if (group === undefined) return unusedApplications(queries, { ...question, offset, limit });
    const found = await unusedOfGroup(queries, { integrationId, group, days: question.days });
    if (found === undefined) throw notFound('group', 'group with this key');
    return found;
  }

  async #suggestions({ application, days }: SuggestionsQuery, integrationId: string): Promise<RemovalSuggestions> {
    const question = { integrationId, application, days: readDays('days', days), limit: MOST_SUGGESTIONS };
    const found = await suggestions(this.#storage.queries, question);
    if (found === undefined) throw notFound('application', 'application with this key');
    return found;
  }
}
