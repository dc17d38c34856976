import { changes, type ChangesQuestion, edgeChanges, isEdgeChangesPlace, isReachingPlace } from '@castellan/access';
import type { AccessChanges, EdgeChanges } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { walkItems } from '../exports/page-walk.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { notFound, type Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { CHANGES_ANSWER, EDGE_CHANGES_ANSWER } from './access-examples.js';
import { exportNotes, titleOf } from './access-file.js';
import { ChangesConditions, ChangesQuery, EdgeChangesConditions, EdgeChangesQuery } from './access-query.js';
import { changePages, CHANGES_TABLE, EDGE_CHANGES_TABLE } from './change-files.js';
import { ABOUT_PAST, ObservedPast } from './observed-past.js';
import { ACCESS_LIMITS, EXPORT_PAGE } from './page-limits.js';
import { isOffset, readChanges, readEdgeChanges } from './read-access-query.js';

/** What has come and gone between two instants. */
@Controller('integrations/:id/access')
export class AccessChangesController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #past: ObservedPast;
  readonly #exports: Exports;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(ObservedPast) past: ObservedPast,
    @Inject(Exports) exports: Exports,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#past = past;
    this.#exports = exports;
  }

  @Get('changes')
  @Endpoint({
    access: 'records:read',
    summary: 'List what somebody reaches since, or does not any more; or who reaches something',
    description: `The two ends are compared: what came and went in between is not in it. Gained first, then lost. ${ABOUT_PAST}`,
    answer: CHANGES_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(ChangesQuery)) query: ChangesQuery,
  ): Promise<AccessChanges> {
    const integration = await this.#integrations.require(caller, id);
    const question = readChanges(query, integration.id);
    const list = listOf('access/changes', integration.id, query);
    const after = readCursor(query, list, question.other === 'account' ? isReachingPlace : isOffset);
    const limit = readLimit(query, ACCESS_LIMITS);
    await this.#past.require(integration.id, 'since', question.since);
    const page = await changes(this.#storage.queries, { ...question, after, limit });
    if (page === undefined) throw unknown(question);
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('changes/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export what somebody reaches since, or does not any more; or who reaches something',
    description: `A row for each that was gained or lost, with the shortest chain as text. ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'not-observed', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(ChangesConditions)) query: ChangesConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const asked = readChanges(query, integration.id);
    // All pages up to the same end.
    const question = { ...asked, until: asked.until ?? new Date() };
    await this.#past.require(integration.id, 'since', question.since);
    const ask = (after?: string) => changes(this.#storage.queries, { ...question, after, limit: EXPORT_PAGE });
    const first = await ask();
    if (first === undefined) throw unknown(question);
    await this.#exports.give(caller, response, {
      title: { about: 'changes of', label: titleOf(first.subject), facts: `from ${dayOf(question.since)} to` },
      at: question.until,
      format,
      table: CHANGES_TABLE,
      pages: changePages(first, ask),
      action: 'access.export',
      notes: exportNotes(integration, 'changes', query),
    });
  }

  @Get('edge-changes')
  @Endpoint({
    access: 'records:read',
    summary: 'List memberships, assignments and roles that came or went, newest first',
    description: `Of the whole organisation, as the listings found them. ${ABOUT_PAST}`,
    answer: EDGE_CHANGES_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async edges(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(EdgeChangesQuery)) query: EdgeChangesQuery,
  ): Promise<EdgeChanges> {
    const integration = await this.#integrations.require(caller, id);
    const question = readEdgeChanges(query, integration.id);
    const list = listOf('access/edge-changes', integration.id, query);
    const after = readCursor(query, list, isEdgeChangesPlace);
    const limit = readLimit(query, ACCESS_LIMITS);
    await this.#past.require(integration.id, 'since', question.since);
    const page = await edgeChanges(this.#storage.queries, { ...question, after, limit });
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('edge-changes/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export memberships, assignments and roles that came or went',
    description: ABOUT_EXPORTS,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'not-observed', 'audit-log-damaged', 'took-too-long'],
  })
  async exportEdges(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(EdgeChangesConditions)) query: EdgeChangesConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const asked = readEdgeChanges(query, integration.id);
    const question = { ...asked, until: asked.until ?? new Date() };
    await this.#past.require(integration.id, 'since', question.since);
    const ask = (after?: string) => edgeChanges(this.#storage.queries, { ...question, after, limit: EXPORT_PAGE });
    await this.#exports.give(caller, response, {
      title: { about: 'edge changes of', label: integration.name, facts: `from ${dayOf(question.since)} to` },
      at: question.until,
      format,
      table: EDGE_CHANGES_TABLE,
      pages: walkItems(await ask(), ask),
      action: 'access.export',
      notes: exportNotes(integration, 'edge-changes', query),
    });
  }
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function unknown({ of }: ChangesQuestion): Problem {
  return notFound('of', `${of.kind} with this key`);
}
