import { EXPORT_FORMATS, type ExportFormat, type ExportTable } from '../exports/export-format.js';
import type { FileTitle } from '../exports/file-name.js';
import { notFound } from '../problems/problem.js';
import { type ExportedIncident, ocsfIncident } from './ocsf-incident.js';

interface IncidentFile {
  readonly title: FileTitle;
  readonly format: ExportFormat;
  readonly table: ExportTable<ExportedIncident>;
}

/** @throws Problem (404) */
export function incidentFile(ending: string): IncidentFile {
  if (ending === 'ocsf') return { title: { about: 'incidents ocsf' }, format: 'jsonl', table: OCSF_TABLE };
  const format = EXPORT_FORMATS.find((candidate) => candidate === ending);
  if (format === undefined) throw notFound('format', `file of this format. Formats: ${EXPORT_FORMATS.join(', ')}, ocsf`);
  return { title: { about: 'incidents' }, format, table: INCIDENTS_TABLE };
}

const INCIDENTS_TABLE: ExportTable<ExportedIncident> = {
  columns: [
    'id',
    'severity',
    'confidence',
    'status',
    'verdict',
    'rule',
    'title',
    'integration',
    'subjectKind',
    'subjectKey',
    'subject',
    'subjectDetail',
    'findings',
    'firstAt',
    'lastAt',
    'owner',
    'openedAt',
    'changedAt',
    'closedAt',
  ],
  cells: ({ incident: { rule, subject, integration, owner, ...incident } }) => [
    incident.id,
    incident.severity,
    incident.confidence,
    incident.status,
    incident.verdict,
    rule.id,
    rule.title,
    integration.name,
    subject.kind,
    subject.key,
    subject.label,
    subject.detail,
    incident.findings,
    incident.firstAt,
    incident.lastAt,
    owner?.name,
    incident.openedAt,
    incident.changedAt,
    incident.closedAt,
  ],
  object: ({ incident }) => incident,
};

/** No table for people: only its objects are asked for. */
const OCSF_TABLE: ExportTable<ExportedIncident> = { ...INCIDENTS_TABLE, object: ocsfIncident };
