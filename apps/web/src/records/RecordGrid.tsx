import type { RecordRow } from '@castellan/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { GridHead } from './GridHead.js';
import { GridRow } from './GridRow.js';
import { useGridKeys } from './use-grid-keys.js';
import type { RowSource } from './row-source.js';
import styles from './records.module.css';
import { useIsWide } from './use-is-wide.js';
import { type Columns, type RecordColumn, useRecordTable } from './use-record-table.js';

/** Of the head and of every row, in pixels: rows of one height are found without measuring. */
const ROW_HEIGHT = 36;
const AHEAD = 4;
/** About what stands above a table, in pixels. */
const ABOVE = 130;

interface RecordGridProps {
  readonly source: RowSource;
  readonly columns: Columns;
  /** What the rows are, for who hears the table. */
  readonly label: string;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  readonly onOpen: (row: RecordRow) => void;
  /** The row that is open. */
  readonly isOpen: (row: RecordRow) => boolean;
}

/** A table as high as all rows would be, in which only those in sight are there. */
export function RecordGrid({ source, columns, label, sort, onSort, onOpen, isOpen }: RecordGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { count, see, name } = source;
  const keys = useGridKeys(source, onOpen, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    // Until the frame has been measured, as much as a screen holds: the first picture has rows already.
    initialRect: { width: globalThis.innerWidth, height: globalThis.innerHeight - ABOVE },
    estimateSize: () => ROW_HEIGHT,
    overscan: AHEAD,
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    rangeExtractor: keys.range,
  });
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => see(startIndex, endIndex), [see, startIndex, endIndex]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [name]);
  const table = useRecordTable(
    columns,
    items.map(({ index }) => ({ index, row: source.rowAt(index) })),
    { sort, onSort },
  );
  const visible: readonly RecordColumn[] = table.getVisibleLeafColumns();
  const template = visible.map(trackOf).join(' ');
  const isWide = useIsWide(scroller, template);
  return (
    <div ref={scroller} className={styles['scroller']} aria-busy={source.isWaiting} data-wide={isWide || undefined}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={source.total === null ? -1 : count + 1}
        aria-colcount={visible.length}
        className={styles['grid']}
        style={{ '--columns': template } as object} // React's type of styles knows no custom properties
        {...keys.handlers}
      >
        <GridHead columns={visible} />
        <div role="rowgroup" className={styles['body']} style={{ height: virtualizer.getTotalSize() }}>
          {table.getRowModel().rows.map(({ original: { index, row } }) => (
            <GridRow
              key={index}
              index={index}
              top={index * ROW_HEIGHT}
              row={row}
              columns={visible}
              fields={columns.all}
              isActive={index === keys.active}
              takesFocus={keys.takesFocus}
              isOpen={row !== undefined && isOpen(row)}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** As wide as it needs, and its share of what is left over; the first, which stays, leaves a phone room for others. */
function trackOf(column: RecordColumn, index: number): string {
  const size = column.getSize();
  return `minmax(${index === 0 ? `min(${size}px, 44vw)` : `${size}px`}, ${size}fr)`;
}
