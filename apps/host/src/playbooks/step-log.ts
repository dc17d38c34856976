import type { Step } from '@castellan/playbooks';
import type { StoredItem, StoredStep } from '@castellan/storage';

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

/** Nothing comes of it any more. */
export function isSettled({ state }: StoredItem): boolean {
  return state === 'done' || state === 'done_by_hand' || state === 'not_done';
}
