import type { FindingByHand, FindingEventView, FindingsSummary, FindingSubject, FindingView, Severity } from '@castellan/api';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import { type Finding, type FindingCount, type FindingEvent, namingSql, type Queries, recordTable } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { severityOf } from '../check/severity.js';

/** Findings as the API shows them, in their order. */
export async function findingViews(
  queries: Queries,
  findings: readonly Finding[],
  checks: readonly Check[],
): Promise<readonly FindingView[]> {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const names = await subjectNames(queries, findings);
  return findings.map((finding) => findingView(finding, byId.get(finding.rule), names.get(placeOf(finding))));
}

interface NameRow {
  readonly integrationId: string;
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly present: boolean;
}

interface Place {
  readonly integrationId: string;
  readonly subjectKind: string;
  readonly subjectKey: string;
}

function placeOf({ integrationId, subjectKind, subjectKey }: Place): string {
  return `${integrationId} ${subjectKind} ${subjectKey}`;
}

/** By place: what people call the records, one statement a kind. */
async function subjectNames(queries: Queries, findings: readonly Finding[]): Promise<ReadonlyMap<string, NameRow>> {
  const names = new Map<string, NameRow>();
  for (const kind of RECORD_KINDS) {
    const own = findings.filter(({ subjectKind }) => subjectKind === kind);
    if (own.length === 0) continue;
    const { label, detail } = namingSql(kind);
    const rows = await queries.query<NameRow>(
      `SELECT t.integration_id AS "integrationId", t.key, ${label} AS label, ${detail} AS detail, t.removed_at IS NULL AS present
       FROM unnest($1::uuid[], $2::text[]) AS s (integration_id, key)
         JOIN "${recordTable(kind).table}" t ON t.integration_id = s.integration_id AND t.key = s.key COLLATE "C"`,
      [own.map(({ integrationId }) => integrationId), own.map(({ subjectKey }) => subjectKey)],
    );
    for (const row of rows)
      names.set(placeOf({ integrationId: row.integrationId, subjectKind: kind, subjectKey: row.key }), row);
  }
  return names;
}

function findingView(finding: Finding, check: Check | undefined, name: NameRow | undefined): FindingView {
  const { id, source, status, evidence, ownerId, ownerName, exceptedUntil, exceptedReason } = finding;
  return {
    id,
    source,
    rule: { id: finding.rule, title: check?.title ?? titleOf(finding) },
    integration: { id: finding.integrationId, name: finding.integrationName },
    subject: subjectOf(finding, name),
    severity: severityOf(finding.severity),
    severityReason: check?.context.find(({ when }) => evidence[when] === true)?.because ?? null,
    status,
    evidence,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? ownerId },
    exception:
      status === 'excepted' && exceptedUntil !== null
        ? { until: exceptedUntil.toISOString(), reason: exceptedReason ?? '' }
        : null,
    fingerprint: finding.fingerprint,
    firstSeenAt: finding.firstSeenAt.toISOString(),
    openedAt: finding.openedAt.toISOString(),
    changedAt: finding.changedAt.toISOString(),
    resolvedAt: finding.resolvedAt?.toISOString() ?? null,
  };
}

/** Of a rule, which may be gone by now: as it was called when it was found. */
function titleOf({ source, rule, evidence }: Finding): string {
  const title = source === 'detection' ? evidence['title'] : undefined;
  return typeof title === 'string' ? title : rule;
}

function subjectOf(
  { subjectKind: kind, subjectKey: key, integrationName }: Finding,
  name: NameRow | undefined,
): FindingSubject {
  if (kind === 'organisation') return { kind, key, label: integrationName, detail: null, present: true };
  if (kind === 'address') return { kind, key, label: key, detail: null, present: true };
  if (name === undefined) return { kind, key, label: key, detail: null, present: false };
  return { kind, key, label: name.label, detail: name.detail, present: name.present };
}

export function findingEventView({ id, at, kind, actor, detail }: FindingEvent): FindingEventView {
  // Severities are numbers in the tables only.
  const isSeverity = kind === 'severity' && detail !== null;
  const shown = isSeverity ? { from: severityWord(detail['from']), to: severityWord(detail['to']) } : detail;
  return { id, at: at.toISOString(), kind, by: actor?.name ?? null, detail: shown };
}

/** @param events newest first. What was done before it came back is of another time. */
export function byHandOf(events: readonly FindingEvent[]): FindingByHand | null {
  const over = events.findIndex(({ kind }) => kind === 'resolved' || kind === 'reopened');
  const since = over === -1 ? events : events.slice(0, over);
  const said = since.findIndex(({ kind }) => kind === 'by_hand');
  const found = since[said];
  if (found === undefined) return null;
  const note = found.detail?.['note'];
  return {
    at: found.at.toISOString(),
    by: found.actor?.name ?? '',
    note: typeof note === 'string' ? note : '',
    seen: since.slice(0, said).some(({ kind }) => kind === 'still_there') ? 'still there' : 'waiting',
  };
}

function severityWord(number: unknown): Severity | null {
  return number === 1 || number === 2 || number === 3 || number === 4 || number === 5 ? severityOf(number) : null;
}

/** Those that are not resolved, by severity and status. */
export function findingsSummary(counts: readonly FindingCount[]): FindingsSummary {
  const none = () => ({ open: 0, acknowledged: 0, excepted: 0 });
  const severities = { informational: none(), low: none(), medium: none(), high: none(), critical: none() };
  const all = none();
  for (const { status, severity, count } of counts) {
    if (status === 'resolved') continue;
    severities[severityOf(severity)][status] += count;
    all[status] += count;
  }
  return { ...all, severities };
}
