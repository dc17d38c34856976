import type { HoldView, Page, RecordView } from '@castellan/api';
import type { Storage, SweepHold } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { PageQuery, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { isRecordPosition } from '../records/record-position.js';
import { ACCEPTED_ANSWER, HELD_RECORDS_ANSWER, HOLDS_ANSWER, REJECTED_ANSWER } from './hold-examples.js';
import { holdView } from './hold-view.js';
import { HoldsQuery } from './holds-query.js';

const LIMITS = { standard: 100, largest: 200 };

type HeldRecord = Pick<RecordView, 'kind' | 'key' | 'data' | 'lastSeenAt'>;

/** Removals that wait for a person (DESIGN 3, sweep). */
@Controller('integrations/:id/holds')
export class HoldsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'integrations:read',
    summary: 'List removals that wait, or waited, for a person, newest first',
    description:
      '`state=open` keeps those that can be decided. One that was decided or superseded is forgotten after 90 days. `next` is the `cursor` of the next page; null on the last.',
    answer: HOLDS_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(HoldsQuery)) query: HoldsQuery,
  ): Promise<Page<HoldView>> {
    const integration = await this.#integrations.require(caller, id);
    const { holds, next } = await this.#storage.holds.list(caller.workspaceId, {
      integrationId: integration.id,
      state: query.state,
      after: readCursor(query, 'holds', isDatedPosition),
      limit: readLimit(query, LIMITS),
    });
    return { items: holds.map(holdView), next: writeCursor('holds', next) };
  }

  /** By the very condition that `accept` removes by. */
  @Get(':holdId/records')
  @Endpoint({
    access: 'records:read',
    summary: 'List what a held removal would remove now',
    description: 'What was seen again since is not in it. Of a hold that is decided or superseded there is nothing to show.',
    answer: HELD_RECORDS_ANSWER,
    problems: ['not-found'],
  })
  async records(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('holdId') holdId: string,
    @Query(new InputPipe(PageQuery)) query: PageQuery,
  ): Promise<Page<HeldRecord>> {
    const hold = await this.#require(caller, id, holdId);
    const list = `hold ${hold.id}`;
    const { records, next } = await this.#storage.holds.records(caller.workspaceId, hold.integrationId, hold.id, {
      after: readCursor(query, list, (position) => isRecordPosition(hold.kind, position)),
      limit: readLimit(query, LIMITS),
    });
    const items = records.map(({ kind, key, data, lastSeenAt }) => ({ kind, key, data, lastSeenAt }));
    return { items, next: writeCursor(list, next) };
  }

  /** Removes the rows that were not listed any more, except those seen again since. */
  @Post(':holdId/accept')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Accept a held removal',
    answer: ACCEPTED_ANSWER,
    problems: ['not-found', 'hold-decided'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async accept(@Asking() caller: Caller, @Param('id') id: string, @Param('holdId') holdId: string) {
    const hold = await this.#require(caller, id, holdId);
    return this.#trail.record(caller, 'hold.accept', async (notes) => {
      const decided = await this.#storage.holds.accept(caller.workspaceId, hold.id, caller.name);
      if (decided === undefined) throw alreadyDecided();
      notes.target = { kind: 'hold', id: hold.id, name: hold.stream };
      notes.after = { integration: hold.integrationId, stream: hold.stream, removed: decided.removed };
      return { ...holdView(await this.#require(caller, id, holdId)), removed: decided.removed };
    });
  }

  /** Keeps the rows. */
  @Post(':holdId/reject')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Reject a held removal',
    answer: REJECTED_ANSWER,
    problems: ['not-found', 'hold-decided'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async reject(@Asking() caller: Caller, @Param('id') id: string, @Param('holdId') holdId: string): Promise<HoldView> {
    const hold = await this.#require(caller, id, holdId);
    return this.#trail.record(caller, 'hold.reject', async (notes) => {
      if (!(await this.#storage.holds.reject(caller.workspaceId, hold.id, caller.name))) throw alreadyDecided();
      notes.target = { kind: 'hold', id: hold.id, name: hold.stream };
      notes.after = { integration: hold.integrationId, stream: hold.stream, kept: hold.wouldRemove };
      return holdView(await this.#require(caller, id, holdId));
    });
  }

  async #require(caller: Caller, id: string, holdId: string): Promise<SweepHold> {
    const integration = await this.#integrations.require(caller, id);
    const hold = await this.#storage.holds.get(caller.workspaceId, integration.id, readId(holdId, 'holdId', 'hold'));
    if (hold === undefined) throw notFound('holdId', 'hold with this id');
    return hold;
  }
}

function alreadyDecided(): Problem {
  const detail = 'The hold was decided before, or a newer sync has replaced it.';
  return new Problem({ code: 'hold-decided', detail });
}
