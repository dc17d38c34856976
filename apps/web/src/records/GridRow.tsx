import type { RecordRow } from '@castellan/api';
import { memo, useEffect, useRef } from 'react';
import { FieldValue } from './FieldValue.js';
import type { Field, Look } from './fields.js';
import styles from './records.module.css';
import type { RecordColumn } from './use-record-table.js';

interface GridRowProps {
  /** From 0, without the head. */
  readonly index: number;
  readonly top: number;
  readonly row: RecordRow | undefined;
  readonly columns: readonly RecordColumn[];
  /** All that can be a column. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The one that the keyboard is at. */
  readonly isActive: boolean;
  readonly takesFocus: () => boolean;
  readonly isOpen: boolean;
  readonly onOpen: (row: RecordRow) => void;
}

/** Rendered anew only when its own row is another one: dozens pass by in a second. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, top, row, columns, fields, isActive, takesFocus, isOpen, onOpen } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive && takesFocus()) element.current?.focus({ preventScroll: true });
  }, [isActive, takesFocus]);
  const former = row !== undefined && row.removedAt !== null;
  return (
    <div
      ref={element}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      aria-busy={row === undefined || undefined}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className={former ? `${styles['row']} ${styles['former']}` : styles['row']}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row !== undefined && onOpen(row)}
    >
      {columns.map(({ id }, place) => (
        <Cell key={id} row={row} field={id} look={fields[id]?.look ?? TEXT} place={place} />
      ))}
    </div>
  );
});

const TEXT: Look = { as: 'text' };

interface CellProps {
  readonly row: RecordRow | undefined;
  readonly field: string;
  readonly look: Look;
  readonly place: number;
}

function Cell({ row, field, look, place }: CellProps) {
  return (
    <div role="gridcell" aria-colindex={place + 1} data-as={look.as} className={styles['cell']}>
      {row === undefined ? (
        <i className={styles['placeholder']} />
      ) : (
        <FieldValue record={row} integration={row.integration.id} field={field} look={look} />
      )}
    </div>
  );
}
