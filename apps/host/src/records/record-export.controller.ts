import { recordFields, type RecordKind } from '@castellan/connector-sdk';
import { pluralOf, type Storage, type TableRow } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, type ExportTable, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { readKind } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { readActivityQuery, readRowQuery } from './read-rows-query.js';
import { KIND } from './record-parameters.js';
import { rowView } from './record-view.js';
import { readIntegration } from './rows-lookup.js';
import { RowsFilterQuery } from './rows-query.js';

const BATCH = 1_000;

interface Export {
  /** `null`: of a long log nobody has counted them. */
  readonly total: number | null;
  readonly pages: AsyncIterable<readonly TableRow[]>;
}

/** Tables of records as files. */
@Controller('records')
export class RecordExportController {
  readonly #storage: Storage;
  readonly #exports: Exports;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(Exports) exports: Exports) {
    this.#storage = storage;
    this.#exports = exports;
  }

  @Get(':kind/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export what was collected of a kind',
    description:
      'By integration and key, activity newest first: a sorted file would have to be read whole before its first line. ' +
      `Never the provider’s own object. Of activity \`since\` must be given. ${ABOUT_EXPORTS}`,
    parameters: { ...KIND, ...FORMAT },
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('kind') name: string,
    @Param('format') ending: string,
    @Query(new InputPipe(RowsFilterQuery)) query: RowsFilterQuery,
    @Res() response: Response,
  ): Promise<void> {
    const kind = readKind(name);
    const format = readFormat(ending);
    const integrationId = await readIntegration(this.#storage, caller, query.integration);
    const { total, pages } = await this.#prepare(caller, kind, query, integrationId);
    await this.#exports.give(caller, response, {
      title: { about: pluralOf(kind) },
      format,
      table: tableOf(kind),
      pages,
      action: 'records.export',
      notes: { target: { kind: 'records', id: kind }, after: { query: { ...query }, rows: total } },
    });
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
      return { total, pages: recordRows.walk(workspaceId, kind, wanted, BATCH) };
    }
    if (query.since === undefined)
      throw invalidRequest([{ field: 'since', message: 'Is required: the log may be very long.' }]);
    const wanted = readActivityQuery(query, integrationId);
    const total = await recordRows.activityTotal(workspaceId, wanted);
    return { total, pages: recordRows.walkActivity(workspaceId, wanted, BATCH) };
  }
}

function tableOf(kind: RecordKind): ExportTable<TableRow> {
  const fields = recordFields(kind).map((field) => field.name);
  return {
    columns: ['integration', 'key', ...fields, 'firstSeenAt', 'lastSeenAt', 'removedAt'],
    cells: ({ integration, key, data, firstSeenAt, lastSeenAt, removedAt }) => {
      const own = fields.map((field): unknown => Reflect.get(data, field));
      return [integration.name, key, ...own, firstSeenAt, lastSeenAt, removedAt];
    },
    object: rowView,
  };
}
