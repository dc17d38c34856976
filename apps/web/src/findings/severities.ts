import { SEVERITIES, type Severity } from '@castellan/api';

/** The worst first, as people work through them. */
export const WORST_FIRST: readonly Severity[] = SEVERITIES.toReversed();

export function isSeverity(text: string | undefined): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}
