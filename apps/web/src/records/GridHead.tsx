import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import styles from './records.module.css';
import type { RecordColumn } from './use-record-table.js';

const WORDS = { asc: 'ascending', desc: 'descending' } as const;

/** Titles of the columns; those that the host can sort by are buttons. */
export function GridHead({ columns }: { readonly columns: readonly RecordColumn[] }) {
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['titles']}>
        {columns.map((column, index) => (
          <Title key={column.id} column={column} index={index} />
        ))}
      </div>
    </div>
  );
}

function Title({ column, index }: { readonly column: RecordColumn; readonly index: number }) {
  const title = String(column.columnDef.header);
  const sorted = column.getIsSorted();
  const sortable = column.getCanSort();
  const Arrow = sorted === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sortable ? (sorted === false ? 'none' : WORDS[sorted]) : undefined}
      className={styles['title']}
    >
      {sortable ? (
        <button
          type="button"
          className={styles['sort']}
          data-sorted={sorted === false ? undefined : sorted}
          onClick={() => column.toggleSorting()}
        >
          {title}
          {sorted !== false && <Arrow size={13} aria-hidden />}
        </button>
      ) : (
        title
      )}
    </div>
  );
}
