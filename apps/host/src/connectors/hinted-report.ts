import type { ConnectionReport } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';

/** A connection report with its one-word result, and what was changed in the settings before they were tried. */
export interface HintedReport extends ConnectionReport {
  /** Whether every check that was made is good. */
  readonly ok: boolean;
  readonly hints: readonly FieldHint[];
}

export function hinted(report: ConnectionReport, hints: readonly FieldHint[]): HintedReport {
  return { ok: report.checks.every((check) => check.status !== 'failed'), ...report, hints };
}
