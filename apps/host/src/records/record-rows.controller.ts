import type { RecordFacets, RecordRows, RecordTableView } from '@castellan/api';
import { RECORD_KINDS, type RecordKind } from '@castellan/connector-sdk';
import { type Storage, tableFields } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readKind } from '../input/parameters.js';
import { STORAGE } from '../storage/storage-token.js';
import { isActivityPosition, readActivityQuery, readRowQuery, readSort } from './read-rows-query.js';
import { KIND } from './record-parameters.js';
import { rowView } from './record-view.js';
import { FACETS_ANSWER, ROWS_ANSWER, TABLES_ANSWER } from './rows-examples.js';
import { readIntegration } from './rows-lookup.js';
import { RowsFilterQuery, RowsQuery } from './rows-query.js';

const LIMITS = { standard: 100, largest: 500 };

const ABOUT_ROWS =
  'Over all integrations of the workspace, or one. Rows without a value come last; equal ones by integration and key, so that no row is on two pages. ' +
  'Accounts can be filtered by their strongest active authenticator as well, `filter=authenticator:` with `phishing_resistant`, `other` or `none`; with nothing, where none were read. ' +
  'Texts are sorted without their case, letters other than those of English after them. ' +
  '`activity` goes newest first and by `cursor` alone: of tens of millions of events none can be jumped to or sorted by anything else. ' +
  'With `q` or `filter` a page of it looks at 10,000 events at most, and may be short, or empty, and have a `next` all the same. ' +
  '`actor` is found by an index, however long ago it was. A search for a target, or for anything inside `client`, is not offered.';

/** What was collected, over all integrations, as a table shows it. */
@Controller('records')
export class RecordRowsController {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  @Get()
  @Endpoint({
    access: 'records:read',
    summary: 'List the kinds of records, with what their tables can do',
    answer: TABLES_ANSWER,
  })
  async tables(@Asking() caller: Caller): Promise<{ readonly items: readonly RecordTableView[] }> {
    const counts = new Map((await this.#storage.recordRows.counts(caller.workspaceId)).map((count) => [count.kind, count]));
    return { items: RECORD_KINDS.map((kind) => tableView(kind, counts.get(kind))) };
  }

  @Get(':kind')
  @Endpoint({
    access: 'records:read',
    summary: 'List what was collected of a kind, searched, filtered and sorted',
    description: ABOUT_ROWS,
    parameters: KIND,
    answer: ROWS_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('kind') name: string,
    @Query(new InputPipe(RowsQuery)) query: RowsQuery,
  ): Promise<RecordRows> {
    const kind = readKind(name);
    const integrationId = await readIntegration(this.#storage, caller, query.integration);
    const limit = readLimit(query, LIMITS);
    if (kind === 'activity') return this.#activity(caller, query, integrationId, limit);
    const wanted = readRowQuery(kind, query, integrationId);
    const offset = Number(query.offset ?? 0);
    const { recordRows } = this.#storage;
    const sort = readSort(kind, query.sort);
    const [rows, total] = await Promise.all([
      recordRows.page(caller.workspaceId, kind, { ...wanted, sort, offset, limit }),
      recordRows.total(caller.workspaceId, kind, wanted),
    ]);
    return { items: rows.map(rowView), total, offset, next: null, searchedTo: null };
  }

  @Get(':kind/facets')
  @Endpoint({
    access: 'records:read',
    summary: 'Count the values that a kind can be filtered by',
    description:
      'The 30 most frequent values of each field; `null`: the provider did not say. A field is counted under the filters of all others, not its own. ' +
      'Of `activity` the newest 10,000 events of the time that is asked for are counted: `sample` says since when those are.',
    parameters: KIND,
    answer: FACETS_ANSWER,
    problems: ['not-found'],
  })
  async facets(
    @Asking() caller: Caller,
    @Param('kind') name: string,
    @Query(new InputPipe(RowsFilterQuery)) query: RowsFilterQuery,
  ): Promise<RecordFacets> {
    const kind = readKind(name);
    const integrationId = await readIntegration(this.#storage, caller, query.integration);
    const { recordRows } = this.#storage;
    if (kind === 'activity') return recordRows.activityFacets(caller.workspaceId, readActivityQuery(query, integrationId));
    const fields = await recordRows.facets(caller.workspaceId, kind, readRowQuery(kind, query, integrationId));
    return { fields, sample: null };
  }

  async #activity(
    { workspaceId }: Caller,
    query: RowsQuery,
    integrationId: string | undefined,
    limit: number,
  ): Promise<RecordRows> {
    const after = readCursor(query, 'records/activity', isActivityPosition);
    const wanted = readActivityQuery(query, integrationId);
    const { recordRows } = this.#storage;
    const [page, total] = await Promise.all([
      recordRows.activityPage(workspaceId, { ...wanted, after, limit }),
      // Of the whole list, whichever page is asked for: who goes on has it from the first.
      after === undefined ? recordRows.activityTotal(workspaceId, wanted) : null,
    ]);
    const { rows, next, searchedTo } = page;
    return { items: rows.map(rowView), total, offset: null, next: writeCursor('records/activity', next), searchedTo };
  }
}

function tableView(
  kind: RecordKind,
  count: { readonly present: number; readonly removed: number } | undefined,
): RecordTableView {
  const { present = 0, removed = 0 } = count ?? {};
  const fields = tableFields(kind).map(({ name, type, searched, sortable, filter }) => {
    return { name, type, searched, sortable, filter };
  });
  return { kind, present, removed, fields };
}
