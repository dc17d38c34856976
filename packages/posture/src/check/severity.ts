import { SEVERITIES, type Severity } from '@castellan/api';
import type { SeverityNumber } from '@castellan/storage';

/** How a subject's circumstances change how bad it is. */
export interface SeverityRule {
  readonly to: Severity;
  /** A flag of the evidence: the rule holds for subjects of which it is true. */
  readonly when: string;
  /** A clause for people: `the account is a super administrator`. */
  readonly because: string;
}

// Positions in SEVERITIES, from 1.
const NUMBERS: Readonly<Record<Severity, SeverityNumber>> = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 };

export function severityNumber(severity: Severity): SeverityNumber {
  return NUMBERS[severity];
}

export function severityOf(number: SeverityNumber): Severity {
  return SEVERITIES[number - 1] ?? 'informational';
}

/** The first rule that holds decides. `evidence` is the expression of a subject's evidence. */
export function severitySql(severity: Severity, rules: readonly SeverityRule[], evidence: string): string {
  const cases = rules.map(({ to, when }) => `WHEN (${evidence} ->> '${when}')::boolean THEN ${severityNumber(to)}`);
  return cases.length === 0 ? String(severityNumber(severity)) : `CASE ${cases.join(' ')} ELSE ${severityNumber(severity)} END`;
}
