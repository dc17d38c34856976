import { loss, reach, reasons } from '@castellan/access';
import type { AccessPage, AccessReasons } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { notFound, type Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { LOSS_ANSWER, REACH_ANSWER, REASONS_ANSWER } from './access-examples.js';
import { ACCESS_TABLE, exportNotes, filePages, titleOf } from './access-file.js';
import { LossQuery, ReachConditions, ReachQuery, WhyQuery } from './access-query.js';
import { ABOUT_PAST, ObservedPast } from './observed-past.js';
import { ABOUT_OBSERVED } from './observed-use.js';
import { ACCESS_LIMITS, WHOLE_LIST } from './page-limits.js';
import { isOffset, readLoss, readReach, readWhy } from './read-access-query.js';

/** What an account, a group or a client reaches, and why. */
@Controller('integrations/:id/access')
export class AccessReachController {
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

  @Get('reach')
  @Endpoint({
    access: 'records:read',
    summary: 'List what an account, a group or a client reaches',
    description:
      `Directly and through groups in groups, with the shortest three chains of each and its last use. ${ABOUT_PAST} ` +
      'Use is of accounts and clients, and of applications and roles: of a role that of any right of administration. `coverage` says what of it is observed; null: nothing.',
    answer: REACH_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(ReachQuery)) query: ReachQuery,
  ): Promise<AccessPage> {
    const integration = await this.#integrations.require(caller, id);
    const question = readReach(query, integration.id);
    const list = listOf('access/reach', integration.id, query);
    const offset = Number(readCursor(query, list, isOffset) ?? 0);
    const limit = readLimit(query, ACCESS_LIMITS);
    await this.#past.require(integration.id, 'at', question.at);
    const page = await reach(this.#storage.queries, { ...question, offset, limit });
    if (page === undefined) throw unknown('from', question.from.kind);
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('reach/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export what an account, a group or a client reaches',
    description: `A row for each that is reached, with the shortest chain as text. ${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'not-observed', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(ReachConditions)) query: ReachConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const question = readReach(query, integration.id);
    await this.#past.require(integration.id, 'at', question.at);
    const ask = (offset: string) => reach(this.#storage.queries, { ...question, offset: Number(offset), limit: WHOLE_LIST });
    const first = await ask('0');
    if (first === undefined) throw unknown('from', question.from.kind);
    await this.#exports.give(caller, response, {
      title: { about: 'what', label: titleOf(first.subject), facts: 'reaches' },
      at: question.at,
      format,
      table: ACCESS_TABLE,
      pages: filePages(first, ask, 'who'),
      action: 'access.export',
      notes: exportNotes(integration, 'reach', query),
    });
  }

  @Get('why')
  @Endpoint({
    access: 'records:read',
    summary: 'Show every chain from one to another',
    description: `Shortest first, 200 at most; none: it is not reached. ${ABOUT_PAST}`,
    answer: REASONS_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async why(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(WhyQuery)) query: WhyQuery,
  ): Promise<AccessReasons> {
    const integration = await this.#integrations.require(caller, id);
    const question = readWhy(query, integration.id);
    await this.#past.require(integration.id, 'at', question.at);
    const found = await reasons(this.#storage.queries, question);
    if (found !== undefined) return found;
    // Which of the two nobody knows is asked only now.
    const { integrationId, from, to, at } = question;
    const isTo = (await reach(this.#storage.queries, { integrationId, from, to: 'application', at, limit: 1 })) !== undefined;
    throw unknown(isTo ? 'to' : 'from', isTo ? to.kind : from.kind);
  }

  @Get('loss')
  @Endpoint({
    access: 'records:read',
    summary: 'List what would be lost with the membership in a group',
    description:
      'What it reaches and would not reach any more, with the chains that would break, and whether it is used. All of it, now.',
    answer: LOSS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async loss(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(LossQuery)) query: LossQuery,
  ): Promise<AccessPage> {
    const integration = await this.#integrations.require(caller, id);
    const found = await loss(this.#storage.queries, readLoss(query, integration.id));
    if (found === undefined) throw notFound('group', 'group with this key that `from` is directly in');
    return found;
  }
}

function unknown(field: string, kind: string): Problem {
  return notFound(field, `${kind} with this key`);
}
