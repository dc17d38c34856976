import { isReachingPlace, reachedBy, type ReachedByPage, reachedByTotal } from '@castellan/access';
import type { AccessPage } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { invalidRequest, notFound, type Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { REACHED_BY_ANSWER } from './access-examples.js';
import { ACCESS_TABLE, exportNotes, filePages, titleOf } from './access-file.js';
import { ReachedByConditions, ReachedByFilter, ReachedByQuery } from './access-query.js';
import { ABOUT_PAST, ObservedPast } from './observed-past.js';
import { ABOUT_OBSERVED } from './observed-use.js';
import { ACCESS_LIMITS, EXPORT_PAGE } from './page-limits.js';
import { isOffset, readReachedBy } from './read-access-query.js';

/** Who reaches an application, a role or a group. */
@Controller('integrations/:id/access')
export class AccessReachedByController {
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

  @Get('reached-by')
  @Endpoint({
    access: 'records:read',
    summary: 'List who reaches an application, a role or a group',
    description:
      'Accounts, directly and through groups in groups; or the groups, or the clients, that were given it. `filter` as for records of accounts. ' +
      `\`via\` is a group: only who reaches it through that one, with all ways. Whoever has never used it is the first by lastUsed. ${ABOUT_PAST}`,
    answer: REACHED_BY_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(ReachedByQuery)) query: ReachedByQuery,
  ): Promise<AccessPage> {
    const integration = await this.#integrations.require(caller, id);
    const question = readReachedBy(query, integration.id);
    const list = listOf('access/reached-by', integration.id, query);
    const after = readCursor(query, list, question.from === 'account' ? isReachingPlace : isOffset);
    const limit = readLimit(query, ACCESS_LIMITS);
    await this.#past.require(integration.id, 'at', question.at);
    const page = await reachedBy(this.#storage.queries, { ...question, after, limit });
    if (page === undefined) throw unknown(question);
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('reached-by/total')
  @Endpoint({
    access: 'records:read',
    summary: 'Count the accounts that reach an application, a role or a group',
    description: `Under the conditions of the list. ${ABOUT_PAST}`,
    answer: { total: 1_204 },
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async total(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(ReachedByFilter)) query: ReachedByFilter,
  ): Promise<{ readonly total: number }> {
    const integration = await this.#integrations.require(caller, id);
    const { from, ...question } = readReachedBy(query, integration.id);
    if (from !== 'account') throw invalidRequest([{ field: 'from', message: 'Only accounts are counted: leave it out.' }]);
    await this.#past.require(integration.id, 'at', question.at);
    const total = await reachedByTotal(this.#storage.queries, question);
    if (total === undefined) throw unknown(question);
    return { total };
  }

  @Get('reached-by/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export who reaches an application, a role or a group',
    description: `A row for each who reaches it, with the shortest chain as text; accounts by their keys, whatever \`sort\` says. ${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'not-observed', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(ReachedByConditions)) query: ReachedByConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const question = readReachedBy(query, integration.id);
    await this.#past.require(integration.id, 'at', question.at);
    // By key: whoever is given another name while the file is written must not fall between two pages.
    const sort = question.from === 'account' ? 'key' : 'name';
    const ask = (after?: string) => reachedBy(this.#storage.queries, { ...question, sort, after, limit: EXPORT_PAGE });
    const first = await ask();
    if (first === undefined) throw unknown(question);
    await this.#exports.give(caller, response, {
      title: { about: 'who reaches', label: titleOf(first.subject) },
      at: question.at,
      format,
      table: ACCESS_TABLE,
      pages: filePages(first, ask, 'what'),
      action: 'access.export',
      notes: exportNotes(integration, 'reached-by', query),
    });
  }
}

function unknown({ to }: Pick<ReachedByPage, 'to'>): Problem {
  return notFound('to', `${to.kind} with this key`);
}
