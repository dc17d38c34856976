import type { Page, RecordDetail, RecordView } from '@castellan/api';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import type { RecordQuery, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readKind } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { RECORD_ANSWER, RECORDS_ANSWER } from './record-examples.js';
import { isRecordPosition } from './record-position.js';
import { recordView } from './record-view.js';
import { RecordsQuery } from './records-query.js';

const KIND = { kind: `One of: ${RECORD_KINDS.join(', ')}.` };
const LIMITS = { standard: 100, largest: 200 };

@Controller('integrations/:id/records')
export class RecordsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationLookup) integrations: IntegrationLookup) {
    this.#storage = storage;
    this.#integrations = integrations;
  }

  /** By key, activity newest first. */
  @Get(':kind')
  @Endpoint({
    access: 'records:read',
    summary: 'List what was collected of a kind',
    parameters: KIND,
    answer: RECORDS_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') name: string,
    @Query(new InputPipe(RecordsQuery)) query: RecordsQuery,
  ): Promise<Page<RecordView>> {
    const integration = await this.#integrations.require(caller, id);
    const kind = readKind(name);
    const after = readCursor(query, kind, (position) => isRecordPosition(kind, position));
    const limit = readLimit(query, LIMITS);
    const includeRemoved = query.includeRemoved === 'true';
    const wanted: RecordQuery = { limit, includeRemoved, ...(after !== undefined && { after }) };
    const page = await this.#storage.records.list(caller.workspaceId, integration.id, kind, wanted);
    return { items: page.records.map(recordView), next: writeCursor(kind, page.next) };
  }

  @Get(':kind/:key')
  @Endpoint({
    access: 'records:read',
    summary: 'Show one record with its source object',
    parameters: KIND,
    answer: RECORD_ANSWER,
    problems: ['not-found'],
  })
  async get(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('kind') name: string,
    @Param('key') key: string,
  ): Promise<RecordDetail> {
    const integration = await this.#integrations.require(caller, id);
    const kind = readKind(name);
    // The database takes no NUL, and no key has one.
    const record = key.includes('\0')
      ? undefined
      : await this.#storage.records.get(caller.workspaceId, integration.id, kind, key);
    if (record === undefined) throw notFound('key', `${kind} with this key`);
    return { ...recordView(record), raw: record.raw };
  }
}
