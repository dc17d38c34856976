import { EXPORT_FORMATS, type ExportFormat, type ExportTable, FORMAT } from '../exports/export-format.js';
import type { FileTitle } from '../exports/file-name.js';
import { notFound } from '../problems/problem.js';
import { type ExportedFinding, ocsfFinding } from './ocsf-finding.js';

/** What the API document says of `:format`. */
export const FINDING_FORMATS = `${FORMAT.format} \`ocsf\`: JSON Lines of OCSF 1.8.0, for programs that speak it.`;

interface FindingFile {
  readonly title: FileTitle;
  readonly format: ExportFormat;
  readonly table: ExportTable<ExportedFinding>;
}

/** @throws Problem (404) */
export function findingFile(ending: string): FindingFile {
  if (ending === 'ocsf') return { title: { about: 'findings ocsf' }, format: 'jsonl', table: OCSF_TABLE };
  const format = EXPORT_FORMATS.find((candidate) => candidate === ending);
  if (format === undefined) throw notFound('format', `file of this format. Formats: ${EXPORT_FORMATS.join(', ')}, ocsf`);
  return { title: { about: 'findings' }, format, table: FINDINGS_TABLE };
}

const FINDINGS_TABLE: ExportTable<ExportedFinding> = {
  columns: [
    'id',
    'severity',
    'status',
    'check',
    'title',
    'integration',
    'subjectKind',
    'subjectKey',
    'subject',
    'subjectDetail',
    'owner',
    'exceptedUntil',
    'exceptedReason',
    'openedAt',
    'firstSeenAt',
    'resolvedAt',
    'severityReason',
    'evidence',
  ],
  cells: ({ finding: { rule, subject, integration, owner, exception, ...finding } }) => [
    finding.id,
    finding.severity,
    finding.status,
    rule.id,
    rule.title,
    integration.name,
    subject.kind,
    subject.key,
    subject.label,
    subject.detail,
    owner?.name,
    exception?.until,
    exception?.reason,
    finding.openedAt,
    finding.firstSeenAt,
    finding.resolvedAt,
    finding.severityReason,
    finding.evidence,
  ],
  object: ({ finding }) => finding,
};

/** No table for people: only its objects are asked for. */
const OCSF_TABLE: ExportTable<ExportedFinding> = { ...FINDINGS_TABLE, object: ocsfFinding };
