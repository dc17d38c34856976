import type { JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';
import type { SeverityNumber } from '../findings/finding.js';
import { type Bindings, wordCondition } from '../records/row-query.js';

export const INCIDENT_STATUSES = ['open', 'acknowledged', 'closed'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
export type IncidentVerdict = 'attack' | 'benign' | 'test' | 'false_alarm';

/** Findings of one actor that belong together. */
export interface Incident {
  readonly id: string;
  readonly integrationId: string;
  readonly integrationName: string;
  readonly subjectKind: string;
  readonly subjectKey: string;
  readonly subjectLabel: string;
  readonly sessions: readonly string[];
  readonly status: IncidentStatus;
  readonly verdict: IncidentVerdict | null;
  readonly severity: SeverityNumber;
  readonly confidence: 1 | 2 | 3;
  readonly findings: number;
  readonly rule: string;
  /** Of its worst finding: what its rule is called. */
  readonly title: string | null;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
}

export interface IncidentConditions {
  readonly integrationId?: string | undefined;
  readonly statuses?: readonly IncidentStatus[] | undefined;
  readonly severities?: readonly SeverityNumber[] | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectKey?: string | undefined;
  /** Id of a user; `null`: nobody's. */
  readonly ownerId?: string | null | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Each must be somewhere in the names of its people or the titles of its rules, whatever its case. */
  readonly words?: readonly string[] | undefined;
}

/** `worst`: the most severe first, of those the surest rules, and the youngest. */
export type IncidentSort = 'worst' | 'newest';

/** In the order of the index that finds a word of three letters or more without going through all rows. */
const SEARCH_TEXT = '(n.search_text COLLATE "C")';

/** All conditions but that on the status, of the table `n`. */
export function incidentConditions(workspaceId: string, query: IncidentConditions, { bind }: Bindings): readonly string[] {
  const conditions = [`n.workspace_id = ${bind(workspaceId)}::uuid`];
  if (query.integrationId !== undefined) conditions.push(`n.integration_id = ${bind(query.integrationId)}::uuid`);
  if (query.subjectKind !== undefined) conditions.push(`n.subject_kind = ${bind(query.subjectKind)}::text`);
  if (query.subjectKey !== undefined) conditions.push(`n.subject_key = ${bind(query.subjectKey)}::text`);
  if (query.severities !== undefined) conditions.push(`n.severity = ANY (${bind(query.severities)}::smallint[])`);
  if (query.ids !== undefined) conditions.push(`n.id = ANY (${bind(query.ids)}::uuid[])`);
  for (const word of query.words ?? []) conditions.push(wordCondition([SEARCH_TEXT], word, bind));
  if (query.ownerId === null) conditions.push('n.owner_id IS NULL');
  else if (query.ownerId !== undefined) conditions.push(`n.owner_id = ${bind(query.ownerId)}::uuid`);
  return conditions;
}

/** A line of an incident's history. */
export interface IncidentEvent {
  readonly id: string;
  readonly at: Date;
  readonly kind: 'acknowledged' | 'unacknowledged' | 'closed' | 'reopened' | 'owner' | 'comment';
  /** `null`: by itself. */
  readonly actor: AuditActor | null;
  readonly detail: JsonObject | null;
}
