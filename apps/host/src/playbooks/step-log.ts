import type { Step } from '@castellan/playbooks';
import type { PlaybookWait, StoredItem, StoredStep } from '@castellan/storage';
import { NEEDS_AGREEMENT } from './agreement.js';

/** A step that has just begun. */
export function begunStep({ id, kind, title }: Step, more: Partial<StoredStep> = {}): StoredStep {
  return {
    step: id,
    kind,
    title,
    state: 'open',
    beganAt: new Date().toISOString(),
    endedAt: null,
    dueAt: null,
    message: null,
    items: [],
    decidedBy: null,
    note: null,
    ...more,
  };
}

export function endedStep(entry: StoredStep, state: StoredStep['state'], more: Partial<StoredStep> = {}): StoredStep {
  return { ...entry, ...more, state, endedAt: new Date().toISOString() };
}

/** The log with what this step has become. */
export function withStep(log: readonly StoredStep[], entry: StoredStep): readonly StoredStep[] {
  const isThere = log.some(({ step }) => step === entry.step);
  return isThere ? log.map((one) => (one.step === entry.step ? entry : one)) : [...log, entry];
}

/** What a person has said: of a step, or of one of its items. */
export function answerKey(step: string, item?: string): string {
  return item === undefined ? step : `${step} ${item}`;
}

/** What has become of an action when all of its items are settled: what nobody wanted, or nobody agreed to, was not done. */
export function outcomeOf({ items }: StoredStep): 'done' | 'partly' | 'not_done' {
  const left = items.filter(({ state }) => state === 'not_done').length;
  if (left === 0) return 'done';
  return left === items.length ? 'not_done' : 'partly';
}

/** Of all that a run wanted to do, what was not done, a sentence each step. */
export function leftUndone(log: readonly StoredStep[]): readonly string[] {
  return log.flatMap(({ title, items }) => {
    const left = items.filter(({ state }) => state === 'not_done').length;
    return left === 0 ? [] : [`Not done: ${title} (${left} of ${items.length}).`];
  });
}

/** What a person can do comes first. */
export function waitOf({ kind, items }: StoredStep): PlaybookWait {
  if (kind === 'approval') return 'approval';
  if (items.some(({ state }) => state === 'by_hand')) return 'hand';
  if (items.some(({ state, message }) => state === 'requested' && message === NEEDS_AGREEMENT)) return 'agreement';
  return kind === 'wait' ? 'event' : 'action';
}

const FIRST: readonly PlaybookWait[] = ['approval', 'hand', 'agreement', 'event', 'action'];

/** What a run waits for: of all that is open, what a person can do first, also in steps that it has left behind. */
export function waitsFor(log: readonly StoredStep[]): PlaybookWait | null {
  const waits = log.filter(({ state }) => state === 'open').map(waitOf);
  return FIRST.find((one) => waits.includes(one)) ?? null;
}

/** Nothing comes of it any more. */
export function isSettled({ state }: StoredItem): boolean {
  return state === 'done' || state === 'done_by_hand' || state === 'not_done';
}
