import type { RecordRow } from '@castellan/api';
import {
  type Column,
  type ColumnDef,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  type Updater,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { valueOf } from './kinds.js';
import type { Field } from './fields.js';

/** A place in the table, and what stands there as far as it has come. */
export interface Slot {
  readonly index: number;
  readonly row: RecordRow | undefined;
}

/** What can be shown, in the order of the definition, and what is, in the order of the table. */
export interface Columns {
  readonly all: Readonly<Record<string, Field>>;
  readonly shown: readonly string[];
  readonly sortable: ReadonlySet<string>;
}

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, columnSizingFeature, rowSortingFeature });

export type RecordColumn = Column<typeof features, Slot>;

interface Sorting {
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
}

/** The table's columns and the rows in sight; sorting and searching is done by the host, which has all rows. */
export function useRecordTable({ all, shown, sortable }: Columns, data: Slot[], { sort, onSort }: Sorting) {
  const columns = useMemo(
    () =>
      Object.entries(all).map(
        ([id, { title, width, look }]): ColumnDef<typeof features, Slot> => ({
          id,
          accessorFn: ({ row }) => (row === undefined ? undefined : valueOf(row, id)),
          header: title,
          size: width,
          enableSorting: sortable.has(id),
          sortDescFirst: look.as === 'instant',
        }),
      ),
    [all, sortable],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(Object.keys(all).map((id) => [id, shown.includes(id)])),
    [all, shown],
  );
  const columnOrder = useMemo(() => [...shown], [shown]);
  const sorting = useMemo(() => sortingOf(sort), [sort]);
  return useTable({
    features,
    columns,
    data,
    getRowId: ({ index }) => String(index),
    manualSorting: true,
    enableSortingRemoval: true,
    state: { columnVisibility, columnOrder, sorting },
    onSortingChange: (change: Updater<SortingState>) => {
      const [first] = typeof change === 'function' ? change(sorting) : change;
      onSort(first === undefined ? undefined : `${first.desc ? '-' : ''}${first.id}`);
    },
  });
}

function sortingOf(sort: string | undefined): SortingState {
  if (sort === undefined) return [];
  return [sort.startsWith('-') ? { id: sort.slice(1), desc: true } : { id: sort, desc: false }];
}
