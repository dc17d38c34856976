import { graph } from '@castellan/access';
import { ACCESS_PRINCIPALS, ACCESS_TARGETS, type AccessGraph } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { readPast } from '../input/instant.js';
import { InputPipe } from '../input/input-pipe.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { GraphQuery } from './access-query.js';
import { ABOUT_PAST, ObservedPast } from './observed-past.js';
import { GRAPH_ANSWER } from './overview-examples.js';
import { readNode } from './read-node.js';

/** A client is an application too: asked about as a program. */
const KINDS = [...new Set([...ACCESS_PRINCIPALS, ...ACCESS_TARGETS])];

/** The neighbourhood of a node, to be drawn. */
@Controller('integrations/:id/access')
export class AccessGraphController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #past: ObservedPast;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(ObservedPast) past: ObservedPast,
  ) {
    this.#past = past;
    this.#storage = storage;
    this.#integrations = integrations;
  }

  @Get('graph')
  @Endpoint({
    access: 'records:read',
    summary: 'Show what hangs on a node, as a graph',
    description:
      'What it reaches and through which groups, and who is in it or was given it. 300 nodes at most: where many of one kind hang on one, the rest of them are one node with their number. ' +
      ABOUT_PAST,
    answer: GRAPH_ANSWER,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async graph(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(GraphQuery)) query: GraphQuery,
  ): Promise<AccessGraph> {
    const integration = await this.#integrations.require(caller, id);
    const of = readNode('of', query.of, KINDS);
    const at = readPast('at', query.at);
    await this.#past.require(integration.id, 'at', at);
    const found = await graph(this.#storage.queries, integration.id, of, at);
    if (found === undefined) throw notFound('of', `${of.kind} with this key`);
    return found;
  }
}
