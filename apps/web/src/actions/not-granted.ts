import type { OfferedAction } from '@castellan/api';

type Known = Pick<OfferedAction, 'notGranted'>;

export const isLacking = ({ notGranted }: Known): boolean => notGranted.length > 0;

/** All that is known to be missing for some of them, each named once. */
export function missingOf(actions: readonly Known[]): readonly string[] {
  return [...new Set(actions.flatMap(({ notGranted }) => notGranted))].toSorted();
}

export const lacksWords = (missing: readonly string[]): string => `Not granted yet: ${missing.join(', ')}`;

/** What can be done comes first; else they stand as they stood. */
export function possibleFirst<T>(rows: readonly T[], actionOf: (row: T) => Known): readonly T[] {
  return rows.toSorted((one, other) => Number(isLacking(actionOf(one))) - Number(isLacking(actionOf(other))));
}
