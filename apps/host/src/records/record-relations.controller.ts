import type { RecordHistory, RecordRelation, RelatedRecords } from '@castellan/api';
import type { RecordPlace, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readLimit } from '../input/page-query.js';
import { readKind } from '../input/parameters.js';
import { notFound, type Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { KIND } from './record-parameters.js';
import { HISTORY_ANSWER, RELATED_ANSWER, RELATIONS_ANSWER } from './rows-examples.js';
import { RelatedQuery } from './rows-query.js';

const LIMITS = { standard: 50, largest: 200 };
const MOST_ENTRIES = 200;

interface PlacePath {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
}

/** What one record is related to, and what is known of its past. */
@Controller('integrations/:id/records/:kind/:key')
export class RecordRelationsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationLookup) integrations: IntegrationLookup) {
    this.#storage = storage;
    this.#integrations = integrations;
  }

  @Get('relations')
  @Endpoint({
    access: 'records:read',
    summary: 'List what a record is related to, by name, with how many there are',
    description:
      'A manager is found where exactly one account has the text that the provider gives for its key, login or e-mail. ' +
      'Of activity are counted the events in which the account acted, up to 10,000; those that it was the target of are not.',
    parameters: KIND,
    answer: RELATIONS_ANSWER,
    problems: ['not-found'],
  })
  async relations(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<{ readonly items: readonly RecordRelation[] }> {
    const place = await this.#place(caller, { id, kind, key });
    const summaries = await this.#storage.recordRelations.summaries(place);
    if (summaries === undefined) throw noRecord(place);
    return { items: summaries.map(({ present, ...rest }) => ({ ...rest, count: present })) };
  }

  @Get('relations/:relation')
  @Endpoint({
    access: 'records:read',
    summary: 'List the records of one relation',
    description: 'By key, events newest first. `via` is what the relation itself says, `since` since when it has held.',
    parameters: { ...KIND, relation: 'Its `name` in the list of the relations.' },
    answer: RELATED_ANSWER,
    problems: ['not-found'],
  })
  async related(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Param('relation') relation: string,
    @Query(new InputPipe(RelatedQuery)) query: RelatedQuery,
  ): Promise<RelatedRecords> {
    const limit = readLimit(query, LIMITS);
    const offset = Number(query.offset ?? 0);
    const place = await this.#place(caller, { id, kind, key });
    const wanted = { offset, limit, removed: query.removed === 'true' };
    const page = await this.#storage.recordRelations.page(place, relation, wanted);
    if (page === 'no record') throw noRecord(place);
    if (page === 'no relation') throw notFound('relation', `relation of this name for ${place.kind}`);
    return { ...page, offset };
  }

  @Get('history')
  @Endpoint({
    access: 'records:read',
    summary: 'Show what is known of the past of a record',
    description:
      'Newest first, 200 entries at most: whenever it and its relations came and went, as the listings found them. What came and went between two listings is not known, ' +
      'nor what a field said before; of several changes only the last is kept. `found`: a relation that held when its kind was listed for the first time, since then or before.',
    parameters: KIND,
    answer: HISTORY_ANSWER,
    problems: ['not-found'],
  })
  async history(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<RecordHistory> {
    const place = await this.#place(caller, { id, kind, key });
    const entries = await this.#storage.recordHistory.entries(place, MOST_ENTRIES);
    if (entries === undefined) throw noRecord(place);
    return { items: entries.slice(0, MOST_ENTRIES), more: entries.length > MOST_ENTRIES };
  }

  /** @throws Problem (404) */
  async #place(caller: Caller, { id, kind: name, key }: PlacePath): Promise<RecordPlace> {
    const integration = await this.#integrations.require(caller, id);
    const place = { workspaceId: caller.workspaceId, integrationId: integration.id, kind: readKind(name), key };
    // The database takes no NUL, and no key has one.
    if (key.includes('\0')) throw noRecord(place);
    return place;
  }
}

function noRecord({ kind }: RecordPlace): Problem {
  return notFound('key', `${kind} with this key`);
}
