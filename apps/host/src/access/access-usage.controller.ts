import { principalUsage } from '@castellan/access';
import type { PrincipalUsage } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { UsageQuery } from './access-query.js';
import { readNode } from './read-node.js';
import { USAGE_ANSWER } from './usage-examples.js';

/** What somebody, or a program, was seen to use. */
@Controller('integrations/:id/access')
export class AccessUsageController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationLookup) integrations: IntegrationLookup) {
    this.#storage = storage;
    this.#integrations = integrations;
  }

  @Get('usage')
  @Endpoint({
    access: 'records:read',
    summary: 'Show what an account, or a client, was seen to use',
    description: 'As the log says it. `days` are the last 90, without those on which nothing was used.',
    answer: USAGE_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async usage(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(UsageQuery)) query: UsageQuery,
  ): Promise<PrincipalUsage> {
    const integration = await this.#integrations.require(caller, id);
    const of = readNode('of', query.of, ['account', 'client']);
    const found = await principalUsage(this.#storage.queries, integration.id, of);
    if (found === undefined) throw notFound('of', `${of.kind} with this key`);
    return found;
  }
}
