import type { HintedReport } from '@castellan/api';
import type { ConnectionReport } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';

export function hinted(report: ConnectionReport, hints: readonly FieldHint[]): HintedReport {
  return { ok: report.checks.every((check) => check.status !== 'failed'), ...report, hints };
}
