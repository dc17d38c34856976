import type { IncidentsSummary, IncidentView, Severity } from '@castellan/api';
import type { IncidentsSearch } from './incidents-search.js';

/** Seldom more than a trace. */
const LOW: readonly Severity[] = ['low', 'informational'];

export function isLow({ severity }: Pick<IncidentView, 'severity'>): boolean {
  return LOW.includes(severity);
}

/** Whoever has narrowed or ordered the queue sees all that this gives: only what nobody has chosen begins without low ones. */
export function mayLeaveOutLow({ severity: _severity, integration: _integration, ...chosen }: IncidentsSearch): boolean {
  return Object.values(chosen).every((value) => value === undefined);
}

/** How many are low and how many are not; `undefined`: nothing is left out, because all are of one sort. */
export function lowOnes({ severities }: IncidentsSummary): { readonly low: number; readonly worse: number } | undefined {
  let all = 0;
  for (const count of Object.values(severities)) all += count;
  const low = severities.low + severities.informational;
  return low === 0 || low === all ? undefined : { low, worse: all - low };
}
