import { AuditTrail } from '../audit/audit-trail.js';
import type { Storage, SweepHold } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { ACCEPTED_ANSWER, HOLDS_ANSWER, REJECTED_ANSWER } from './hold-examples.js';

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
    summary: 'List removals that wait for a person',
    answer: HOLDS_ANSWER,
    problems: ['not-found'],
  })
  async list(@Asking() caller: Caller, @Param('id') id: string): Promise<{ readonly items: readonly SweepHold[] }> {
    const integration = await this.#integrations.require(caller, id);
    return { items: await this.#storage.holds.list(caller.workspaceId, { integrationId: integration.id }) };
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
      return { ...(await this.#require(caller, id, holdId)), removed: decided.removed };
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
  async reject(@Asking() caller: Caller, @Param('id') id: string, @Param('holdId') holdId: string): Promise<SweepHold> {
    const hold = await this.#require(caller, id, holdId);
    return this.#trail.record(caller, 'hold.reject', async (notes) => {
      if (!(await this.#storage.holds.reject(caller.workspaceId, hold.id, caller.name))) throw alreadyDecided();
      notes.target = { kind: 'hold', id: hold.id, name: hold.stream };
      notes.after = { integration: hold.integrationId, stream: hold.stream, kept: hold.wouldRemove };
      return this.#require(caller, id, holdId);
    });
  }

  async #require(caller: Caller, id: string, holdId: string): Promise<SweepHold> {
    const integration = await this.#integrations.require(caller, id);
    const wanted = readId(holdId, 'holdId', 'hold');
    const holds = await this.#storage.holds.list(caller.workspaceId, { integrationId: integration.id });
    const hold = holds.find((candidate) => candidate.id === wanted);
    if (hold === undefined) throw notFound('holdId', 'hold with this id');
    return hold;
  }
}

function alreadyDecided(): Problem {
  const detail = 'The hold was decided before, or a newer sync has replaced it.';
  return new Problem({ code: 'hold-decided', detail });
}
