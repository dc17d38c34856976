import type { RecordRow } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { ColumnMenu } from './ColumnMenu.js';
import { ExportMenu } from './ExportMenu.js';
import type { RecordKind } from './fields.js';
import { FilterChips } from './FilterChips.js';
import { columnsOf, kindOf } from './kinds.js';
import { NoRows } from './NoRows.js';
import { RecordDrawer } from './RecordDrawer.js';
import { RecordGrid } from './RecordGrid.js';
import { RecordsFreshness } from './RecordsFreshness.js';
import { tablesQuery } from './record-queries.js';
import type { RowSource } from './row-source.js';
import { RowsEnd } from './RowsEnd.js';
import { TableSkeleton } from './TableSkeleton.js';
import { Toolbar } from './Toolbar.js';
import type { Records } from './use-records.js';
import styles from './records.module.css';

interface RecordsViewProps {
  readonly kind: RecordKind;
  readonly records: Records;
  readonly source: RowSource;
}

export function RecordsView({ kind, records, source }: RecordsViewProps) {
  const { search, change, open } = records;
  const { data: tables } = useQuery(tablesQuery);
  const table = tables?.find((one) => one.kind === kind);
  const columns = useColumns(kind, search.columns, table?.fields);
  const openRow = useCallback(
    ({ integration, key }: RecordRow) => open({ integration: integration.id, kind, key }),
    [open, kind],
  );
  const isOpen = ({ key, integration }: RecordRow): boolean =>
    search.key === key && search.of === integration.id && search.what === undefined;
  const isEmpty = !source.isLoading && source.count === 0 && source.further === null;
  return (
    <div className={styles['page']}>
      <PageTitle
        title={kindOf(kind).many}
        aside={<RecordsFreshness kind={kind} integration={search.integration} />}
        actions={
          <>
            <ColumnMenu columns={columns} kind={kind} onChange={(shown) => change({ columns: shown }, true)} />
            <ExportMenu kind={kind} search={search} total={source.total} />
          </>
        }
      />
      <Toolbar kind={kind} table={table} records={records} total={source.isLoading ? undefined : source.total} />
      <FilterChips kind={kind} records={records} />
      {source.error !== null && <Failed error={source.error} retry={source.retry} />}
      {source.error === null && isEmpty && <NoRows kind={kind} records={records} />}
      {source.error === null && !isEmpty && (
        <div className={styles['frame']}>
          {source.isLoading ? (
            <TableSkeleton />
          ) : (
            <RecordGrid
              source={source}
              columns={columns}
              label={kindOf(kind).many}
              sort={search.sort}
              onSort={(sort) => change({ sort })}
              onOpen={openRow}
              isOpen={isOpen}
            />
          )}
          <RowsEnd source={source} />
        </div>
      )}
      <RecordDrawer kind={kind} records={records} />
    </div>
  );
}

const UNKNOWN: readonly { readonly name: string; readonly sortable: boolean }[] = [];

/** What can be shown, what is, and what the host can sort by. */
function useColumns(kind: RecordKind, chosen: string | undefined, fields = UNKNOWN) {
  return useMemo(() => {
    const all = columnsOf(kind);
    const named = chosen?.split(',').filter((name) => Object.hasOwn(all, name)) ?? [];
    const shown = named.length === 0 ? kindOf(kind).shown : named;
    return { all, shown, sortable: new Set(fields.filter(({ sortable }) => sortable).map(({ name }) => name)) };
  }, [kind, chosen, fields]);
}
