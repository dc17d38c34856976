import type { AttackPath, PathNode, PathStepKind } from '@castellan/api';
import { endWords } from './step-words.js';

/** More boxes than these nobody reads. */
const MOST_BOXES = 120;

/** One place of the picture. */
export interface Box {
  readonly id: string;
  /** `null`: all that `label` says. */
  readonly node: PathNode | null;
  readonly label: string;
  readonly isStart: boolean;
  /** By which it goes on; `null`: it is of tier zero. */
  readonly step: PathStepKind | null;
  /** Columns count from the left. */
  readonly column: number;
  /** Rows count from the top; between two of those that lead to it. */
  readonly row: number;
}

export interface PathTree {
  /** From the top left. */
  readonly boxes: readonly Box[];
  readonly lines: readonly { readonly from: Box; readonly to: Box }[];
  readonly columns: number;
  readonly rows: number;
  /** Ways that are drawn: the first ones. */
  readonly drawn: number;
}

interface Drawn extends Omit<Box, 'column' | 'row'> {
  readonly next: string | null;
}

const idOf = ({ kind, key }: PathNode): string => `${kind}:${key}`;

/**
 * Ways run together and never part, as each place has one next step: a tree, with tier zero on the right. Who is reached from nowhere
 * is on the left, whatever his distance, so that a narrow window begins with those.
 */
export function pathTree(paths: readonly AttackPath[]): PathTree {
  const { found, drawn } = placesOf(paths);
  const before = new Map<string, string[]>();
  for (const { id, next } of found.values()) if (next !== null) before.set(next, [...(before.get(next) ?? []), id]);
  const steps = (id: string): number => {
    const next = found.get(id)?.next ?? null;
    return next === null ? 0 : 1 + steps(next);
  };
  const columns = Math.max(0, ...[...found.keys()].map(steps)) + 1;
  const boxes = new Map<string, Box>();
  let rows = 0;
  const place = (one: Drawn): number => {
    const inner = (before.get(one.id) ?? []).flatMap((id) => found.get(id) ?? []).map(place);
    const row = inner.length === 0 ? rows++ : ((inner[0] ?? 0) + (inner.at(-1) ?? 0)) / 2;
    const { next: _next, ...box } = one;
    boxes.set(one.id, { ...box, row, column: inner.length === 0 ? 0 : columns - 1 - steps(one.id) });
    return row;
  };
  for (const one of found.values()) if (one.next === null) place(one);
  const lines = [...found.values()].flatMap(({ id, next }) => {
    const [from, to] = [boxes.get(id), boxes.get(next ?? '')];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const sorted = [...boxes.values()].toSorted((a, b) => a.row - b.row || a.column - b.column);
  return { boxes: sorted, lines, columns, rows, drawn };
}

function placesOf(paths: readonly AttackPath[]): { readonly found: ReadonlyMap<string, Drawn>; readonly drawn: number } {
  const starts = new Set(paths.map(({ from }) => idOf(from)));
  const found = new Map<string, Drawn>();
  let drawn = 0;
  for (const { steps } of paths) {
    if (found.size + steps.length + 1 > MOST_BOXES) break;
    drawn += 1;
    for (const [index, step] of steps.entries()) {
      const to = step.to === null ? `over:${endWords(step)}` : idOf(step.to);
      const id = idOf(step.from);
      found.set(id, { id, node: step.from, label: step.from.label, isStart: starts.has(id), step: step.kind, next: to });
      if (index < steps.length - 1) continue;
      found.set(to, { id: to, node: step.to, label: endWords(step), isStart: false, step: null, next: null });
    }
  }
  return { found, drawn };
}
