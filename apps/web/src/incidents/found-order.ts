import type { IncidentFinding } from '@castellan/api';
import { WORST_FIRST } from '../findings/severities.js';

const SUREST_FIRST: readonly IncidentFinding['confidence'][] = ['high', 'medium', 'low'];

/** What still stands before what does not count any more; of each the worst first, then the surest, then what came first. */
export function worstFirst(found: readonly IncidentFinding[]): readonly IncidentFinding[] {
  return found.toSorted(
    (one, other) =>
      Number(isOver(one)) - Number(isOver(other)) ||
      WORST_FIRST.indexOf(one.severity) - WORST_FIRST.indexOf(other.severity) ||
      SUREST_FIRST.indexOf(one.confidence) - SUREST_FIRST.indexOf(other.confidence) ||
      Date.parse(one.firstAt) - Date.parse(other.firstAt),
  );
}

function isOver({ status }: IncidentFinding): boolean {
  return status === 'excepted' || status === 'resolved';
}
