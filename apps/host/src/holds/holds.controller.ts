import type { Storage, SweepHold } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE, WORKSPACE } from '../storage/storage-token.js';

/** Without sign-in nobody has a name. */
const DECIDED_BY = 'local administrator';

/** Removals that wait for a person (DESIGN 3, sweep). */
@Controller('integrations/:id/holds')
export class HoldsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationLookup) integrations: IntegrationLookup) {
    this.#storage = storage;
    this.#integrations = integrations;
  }

  @Get()
  async list(@Param('id') id: string): Promise<{ readonly items: readonly SweepHold[] }> {
    const integration = await this.#integrations.require(id);
    return { items: await this.#storage.holds.list(WORKSPACE, { integrationId: integration.id }) };
  }

  /** Removes the rows that were not listed any more, except those seen again since. */
  @Post(':holdId/accept')
  @UseGuards(NoBody)
  @HttpCode(200)
  async accept(@Param('id') id: string, @Param('holdId') holdId: string) {
    const hold = await this.#require(id, holdId);
    const decided = await this.#storage.holds.accept(WORKSPACE, hold.id, DECIDED_BY);
    if (decided === undefined) throw alreadyDecided();
    return { ...(await this.#require(id, holdId)), removed: decided.removed };
  }

  /** Keeps the rows. */
  @Post(':holdId/reject')
  @UseGuards(NoBody)
  @HttpCode(200)
  async reject(@Param('id') id: string, @Param('holdId') holdId: string): Promise<SweepHold> {
    const hold = await this.#require(id, holdId);
    if (!(await this.#storage.holds.reject(WORKSPACE, hold.id, DECIDED_BY))) throw alreadyDecided();
    return this.#require(id, holdId);
  }

  async #require(id: string, holdId: string): Promise<SweepHold> {
    const integration = await this.#integrations.require(id);
    const wanted = readId(holdId, 'holdId', 'hold');
    const holds = await this.#storage.holds.list(WORKSPACE, { integrationId: integration.id });
    const hold = holds.find((candidate) => candidate.id === wanted);
    if (hold === undefined) throw notFound('holdId', 'hold with this id');
    return hold;
  }
}

function alreadyDecided(): Problem {
  const detail = 'The hold was decided before, or a newer sync has replaced it.';
  return new Problem({ code: 'hold-decided', title: 'Already decided', status: 409, detail });
}
