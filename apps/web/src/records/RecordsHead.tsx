import type { RecordTableView } from '@castellan/api';
import { memo } from 'react';
import { PageTitle } from '../states/PageTitle.js';
import { ColumnMenu } from './ColumnMenu.js';
import { ExportMenu } from './ExportMenu.js';
import type { RecordKind } from './fields.js';
import { FilterChips } from './FilterChips.js';
import { kindOf } from './kinds.js';
import { RecordsFreshness } from './RecordsFreshness.js';
import { Toolbar } from './Toolbar.js';
import type { Records } from './use-records.js';
import type { Columns } from './use-record-table.js';

interface RecordsHeadProps {
  readonly kind: RecordKind;
  readonly records: Records;
  readonly table: RecordTableView | undefined;
  readonly columns: Columns;
  /** Rows that match; `null`: not counted. `undefined`: not known yet. */
  readonly total: number | null | undefined;
}

/** All above the table. It has nothing to do with which rows are in sight, so those that pass do not render it. */
export const RecordsHead = memo(function RecordsHead({ kind, records, table, columns, total }: RecordsHeadProps) {
  const { search, change } = records;
  return (
    <>
      <PageTitle
        title={kindOf(kind).many}
        aside={<RecordsFreshness kind={kind} integration={search.integration} />}
        actions={
          <>
            <ColumnMenu columns={columns} kind={kind} onChange={(shown) => change({ columns: shown }, true)} />
            <ExportMenu kind={kind} search={search} total={total ?? null} />
          </>
        }
      />
      <Toolbar kind={kind} table={table} records={records} total={total} />
      <FilterChips kind={kind} records={records} />
    </>
  );
});
