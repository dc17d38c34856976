import type { CheckResult, CheckView } from '@castellan/api';
import { ALL_CHECKS, controlsOf } from '@castellan/posture';
import type { ExportTable } from '../exports/export-format.js';

/** What a check says of one integration; without a result: nobody has looked, or it is off. */
export interface ReportRow {
  readonly check: CheckView;
  readonly result?: CheckResult;
}

const CONTROLS = new Map(ALL_CHECKS.map((check) => [check.id, controlsOf(check)]));

export const REPORT_TABLE: ExportTable<ReportRow> = {
  columns: [
    'check',
    'title',
    'area',
    'severity',
    'enabled',
    'integration',
    'status',
    'open',
    'excepted',
    'examined',
    'population',
    'since',
    'evaluatedAt',
    'reasons',
    'frameworks',
  ],
  cells: ({ check: { id, title, area, severity, enabled, population }, result }) => [
    id,
    title,
    area,
    severity,
    enabled,
    result?.integration.name,
    result?.status,
    result?.open,
    result?.excepted,
    result?.examined,
    population,
    result?.since,
    result?.evaluatedAt,
    result?.reasons.map(({ message }) => message),
    CONTROLS.get(id)?.map(({ framework, control }) => `${framework} ${control}`),
  ],
  object: ({ check: { id, title, area, severity, subject, population, effort, enabled }, result = null }) => ({
    check: { id, title, area, severity, subject, population, effort, enabled },
    result,
    frameworks: CONTROLS.get(id) ?? [],
  }),
};
