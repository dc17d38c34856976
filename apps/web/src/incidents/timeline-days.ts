import type { TimelineEvent } from '@castellan/api';
import { localDay } from '../records/filters.js';

/** Events that are alike, one after the other: the first stands for them. */
export interface Fold {
  readonly first: TimelineEvent;
  /** None, or at least so many that folding them shortens the list. */
  readonly others: readonly TimelineEvent[];
}

export interface Minute {
  /** An instant in it. */
  readonly at: string;
  readonly folds: readonly Fold[];
}

export interface Day {
  /** `2026-11-26`, as the browser's clock has it. */
  readonly day: string;
  readonly minutes: readonly Minute[];
}

/** Fewer are read as fast as what would stand in their place. */
const LEAST_FOLDED = 3;

/** @param events in the order of their time */
export function daysOf(events: readonly TimelineEvent[]): readonly Day[] {
  const days: { day: string; minutes: { at: string; folds: Fold[] }[] }[] = [];
  for (const fold of foldsOf(events)) {
    const at = fold.first.published;
    const day = localDay(new Date(at));
    const known = days.at(-1);
    const current = known?.day === day ? known : { day, minutes: [] };
    if (current !== known) days.push(current);
    const last = current.minutes.at(-1);
    if (last !== undefined && isSameMinute(last.at, at)) last.folds.push(fold);
    else current.minutes.push({ at, folds: [fold] });
  }
  return days;
}

function foldsOf(events: readonly TimelineEvent[]): readonly Fold[] {
  const runs: TimelineEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && areAlike(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => {
    const [first, ...others] = run;
    if (first === undefined) return [];
    return others.length >= LEAST_FOLDED ? [{ first, others }] : run.map((one) => ({ first: one, others: [] }));
  });
}

/** The same happened again, from the same address, of the same day, for the same findings; to whom may differ. */
function areAlike(one: TimelineEvent, other: TimelineEvent): boolean {
  return (
    one.type === other.type &&
    one.outcome === other.outcome &&
    one.address === other.address &&
    one.findings.join() === other.findings.join() &&
    localDay(new Date(one.published)) === localDay(new Date(other.published))
  );
}

function isSameMinute(one: string, other: string): boolean {
  return Math.floor(Date.parse(one) / 60_000) === Math.floor(Date.parse(other) / 60_000);
}
