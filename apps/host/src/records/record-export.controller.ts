import { type Logger, recordFields, type RecordKind } from '@castellan/connector-sdk';
import { pluralOf, type Storage, type TableRow } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readKind } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';
import { EXPORT_LOGGER, ExportStream } from './export-stream.js';
import { readActivityQuery, readRowQuery } from './read-rows-query.js';
import { readIntegration } from './rows-lookup.js';
import { RowsFilterQuery } from './rows-query.js';

const BATCH = 1_000;

interface Export {
  /** `null`: of a long log nobody has counted them. */
  readonly total: number | null;
  batches(): AsyncIterable<readonly TableRow[]>;
}

/** Tables of records as files. */
@Controller('records')
export class RecordExportController {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;
  readonly #log: Logger;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail, @Inject(EXPORT_LOGGER) log: Logger) {
    this.#storage = storage;
    this.#trail = trail;
    this.#log = log;
  }

  @Get(':kind/export.csv')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export what was collected of a kind as CSV',
    description:
      'RFC 4180 in UTF-8 with a byte order mark, which spreadsheets need. By integration and key, activity newest first: a sorted file would have to be read whole before its first line. ' +
      'A cell that a spreadsheet would calculate has an apostrophe before it. Never the provider’s own object. ' +
      'At most 1,000,000 rows: a longer file breaks off, so that the download fails. Of activity `since` must be given. The audit log has a row for each export, written before its first line.',
    media: 'text/csv',
    problems: ['not-found', 'audit-log-damaged'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('kind') name: string,
    @Query(new InputPipe(RowsFilterQuery)) query: RowsFilterQuery,
    @Res() response: Response,
  ): Promise<void> {
    const kind = readKind(name);
    const integrationId = await readIntegration(this.#storage, caller, query.integration);
    const made = await this.#prepare(caller, kind, query, integrationId);
    await this.#trail.record(caller, 'records.export', async (notes) => {
      notes.target = { kind: 'records', id: kind };
      notes.after = { query: { ...query }, rows: made.total };
    });
    const day = new Date().toISOString().slice(0, 10);
    const file = `${pluralOf(kind).replaceAll('_', '-')}-${day}.csv`;
    response.status(200).set({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${file}"`,
    });
    await new ExportStream(response, this.#log).send(linesOf(kind, made));
  }

  async #prepare(
    { workspaceId }: Caller,
    kind: RecordKind,
    query: RowsFilterQuery,
    integrationId: string | undefined,
  ): Promise<Export> {
    const { recordRows } = this.#storage;
    if (kind !== 'activity') {
      const wanted = readRowQuery(kind, query, integrationId);
      const total = await recordRows.total(workspaceId, kind, wanted);
      return { total, batches: () => recordRows.walk(workspaceId, kind, wanted, BATCH) };
    }
    if (query.since === undefined)
      throw invalidRequest([{ field: 'since', message: 'Is required: the log may be very long.' }]);
    const wanted = readActivityQuery(query, integrationId);
    const total = await recordRows.activityTotal(workspaceId, wanted);
    return { total, batches: () => recordRows.walkActivity(workspaceId, wanted, BATCH) };
  }
}

async function* linesOf(kind: RecordKind, made: Export): AsyncGenerator<readonly string[], void, void> {
  const fields = recordFields(kind).map((field) => field.name);
  yield [BYTE_ORDER_MARK + csvLine(['integration', 'key', ...fields, 'firstSeenAt', 'lastSeenAt', 'removedAt'])];
  for await (const rows of made.batches())
    yield rows.map(({ integration, key, data, firstSeenAt, lastSeenAt, removedAt }) => {
      const own = fields.map((field): unknown => Reflect.get(data, field));
      return csvLine([integration.name, key, ...own, firstSeenAt, lastSeenAt, removedAt]);
    });
}
