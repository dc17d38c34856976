import type { ResponsePart, ResponseSubject, ResponseView } from '@castellan/api';
import type { ActionInfo } from '@castellan/connector-sdk';
import { type RecordPlace, type Related, relationsOf, rowKind, type Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { InputPipe } from '../input/input-pipe.js';
import { OffsetQuery } from '../input/offset-query.js';
import { readLimit } from '../input/page-query.js';
import { readKind } from '../input/parameters.js';
import { notFound, type Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { actionsOn, actionsOnAddress, isOfUse } from './possible-actions.js';
import { RESPONSE_ANSWER, RESPONSE_PART } from './response-examples.js';

const LIMITS = { standard: 50, largest: 200 };
const PARAMETERS = { kind: 'A kind of record, or `address`.', key: 'Its key; of an address the address.' };

interface Path {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
}

interface Place {
  readonly place: RecordPlace;
  readonly actions: readonly ActionInfo[];
}

/** What can be done to a record, and to what it has, with forms filled in. */
@Controller('integrations/:id/records/:kind/:key/response')
export class ResponseController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'See what can be done to a record',
    description:
      'Each action by its name in the list of the integration, with its input as far as the record says it. `parts`: what the record has that something can be done to, by relation. `named`: whose it is.',
    parameters: PARAMETERS,
    answer: RESPONSE_ANSWER,
    problems: ['not-found', 'connector-unavailable'],
  })
  async whole(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
  ): Promise<ResponseView> {
    if (kind === 'address') return { actions: actionsOnAddress(await this.#actionsOf(caller, id), key), parts: [], named: [] };
    const { place, actions } = await this.#place(caller, { id, kind, key });
    const { records, recordRelations } = this.storage;
    const record = await records.get(place.workspaceId, place.integrationId, place.kind, key);
    const [named, summaries] = [await recordRelations.named(place), await recordRelations.summaries(place)];
    if (record === undefined || named === undefined || summaries === undefined) throw noRecord(place);
    const kinds = new Set<string>(actions.map(({ subject }) => subject));
    const made = new Map(relationsOf(place.kind).map((relation) => [relation.name, rowKind(relation)]));
    return {
      actions: actionsOn(actions, record),
      parts: summaries.flatMap(({ name, title, present }) =>
        kinds.has(made.get(name) ?? '') && present !== null && present > 0 ? [{ relation: name, title, count: present }] : [],
      ),
      named: named.filter((one) => one.known && isOfUse(actions, one.kind)).map(subjectOf),
    };
  }

  @Get(':relation')
  @Endpoint({
    access: 'actions:read',
    summary: 'See what can be done to what a record has, by one relation',
    parameters: { ...PARAMETERS, relation: 'One of the `parts`.' },
    answer: RESPONSE_PART,
    problems: ['not-found', 'connector-unavailable'],
  })
  async part(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('key') key: string,
    @Param('relation') relation: string,
    @Query(new InputPipe(OffsetQuery)) query: OffsetQuery,
  ): Promise<ResponsePart> {
    const limit = readLimit(query, LIMITS);
    const offset = Number(query.offset ?? 0);
    const { place, actions } = await this.#place(caller, { id, kind, key });
    const page = await this.storage.recordRelations.linking(place, relation, { offset, limit });
    if (page === 'no record') throw noRecord(place);
    if (page === 'no relation') throw notFound('relation', `relation of this name for ${place.kind}`);
    const items = page.items.map(({ record, end }) => ({
      subject: { ...subjectOf(end), kind: record.kind, key: record.key },
      via: end.via,
      since: end.since,
      actions: actionsOn(actions, record),
    }));
    return { items, total: page.total, offset };
  }

  async #actionsOf(caller: Caller, id: string): Promise<readonly ActionInfo[]> {
    return this.desk.connectorOf(await this.integrations.require(caller, id)).actions;
  }

  /** @throws Problem (404) */
  async #place(caller: Caller, { id, kind: name, key }: Path): Promise<Place> {
    const integration = await this.integrations.require(caller, id);
    const place = { workspaceId: caller.workspaceId, integrationId: integration.id, kind: readKind(name), key };
    // The database takes no NUL, and no key has one.
    if (key.includes('\0')) throw noRecord(place);
    return { place, actions: this.desk.connectorOf(integration).actions };
  }
}

const subjectOf = ({ kind, key, label, detail }: Related): ResponseSubject => ({ kind, key, label, detail });

function noRecord({ kind }: RecordPlace): Problem {
  return notFound('key', `${kind} with this key`);
}
