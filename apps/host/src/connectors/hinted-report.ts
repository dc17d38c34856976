import type { ConnectionReport } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';

/** A connection report, and what was changed in the settings before they were tried. */
export interface HintedReport extends ConnectionReport {
  readonly hints: readonly FieldHint[];
}

export function hinted(report: ConnectionReport, hints: readonly FieldHint[]): HintedReport {
  return { ...report, hints };
}
