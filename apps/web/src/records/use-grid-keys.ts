import type { RecordRow } from '@castellan/api';
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { RowSource } from './row-source.js';

const PAGE = 15;

/** Moves through the rows by keyboard: one of them is in the order of the tab key, and it stays there when it scrolls away. */
export function useGridKeys(source: RowSource, onOpen: (row: RecordRow) => void, reveal: (index: number) => void) {
  const [chosen, setChosen] = useState(0);
  const hasFocus = useRef(false);
  const { count, rowAt } = source;
  const active = Math.min(chosen, Math.max(0, count - 1));

  const onKeyDown = (event: KeyboardEvent): void => {
    const isRow = event.target instanceof HTMLElement && event.target.role === 'row';
    if (!isRow || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rowAt(active);
    const to = target(event.key, active, count);
    if (event.key === 'Enter' && row !== undefined) onOpen(row);
    if (to === undefined) return;
    event.preventDefault();
    setChosen(to);
    reveal(to);
  };
  const onFocus = ({ target: element }: FocusEvent): void => {
    hasFocus.current = element instanceof HTMLElement && element.role === 'row';
    if (hasFocus.current && element instanceof HTMLElement) setChosen(Number(element.dataset['index']));
  };
  const onBlur = (): void => {
    hasFocus.current = false;
  };
  const takesFocus = useCallback(() => hasFocus.current, []);
  const range = useCallback(
    (inSight: Range): number[] => {
      const indexes = defaultRangeExtractor(inSight);
      if (indexes.includes(active) || active >= inSight.count) return indexes;
      return [...indexes, active].toSorted((a, b) => a - b);
    },
    [active],
  );
  return { active, takesFocus, range, handlers: { onKeyDown, onFocus, onBlur } };
}

function target(key: string, from: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
