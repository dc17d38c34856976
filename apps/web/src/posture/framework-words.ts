import type { CheckOfControl, CheckStatus, ControlView } from '@castellan/api';
import type { FrameworksSearch } from './posture-search.js';

const ORDER: Readonly<Record<CheckStatus, number>> = { failed: 0, unknown: 1, passed: 2 };

/** Those that failed first, in the order in which they came. */
export function worstChecksFirst(checks: readonly CheckOfControl[]): readonly CheckOfControl[] {
  const place = ({ status }: CheckOfControl): number => (status === null ? 3 : ORDER[status]);
  return checks.toSorted((one, other) => place(one) - place(other) || other.open - one.open);
}

/** Whether a control is one of those that are looked for: by its number, or by all of the words. */
export function isControlMeant(
  { control, title, status, checks }: ControlView,
  { status: wanted, q = '' }: Pick<FrameworksSearch, 'status' | 'q'>,
): boolean {
  if (wanted !== undefined && (status ?? 'none') !== wanted) return false;
  const text = [control, title, ...checks.map((check) => check.title)].join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
