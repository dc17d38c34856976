import {
  CONFIDENCES,
  type IncidentDetail,
  type IncidentEventView,
  type IncidentFinding,
  type IncidentsSummary,
  type IncidentView,
  type RelatedIncident,
  SEVERITIES,
  type Severity,
} from '@castellan/api';
import { ATTACK_VERSION, attackFacts, type RuleBook, type RuleFacts } from '@castellan/detection';
import {
  type Incident,
  type IncidentEvent,
  type IncidentFindingRow,
  othersOfIncidents,
  type Queries,
} from '@castellan/storage';
import { type AccountName, namesOfAccounts } from './account-names.js';

/** Incidents as the API shows them, in their order. */
export async function incidentViews(queries: Queries, incidents: readonly Incident[]): Promise<readonly IncidentView[]> {
  const own = incidents.filter(({ subjectKind }) => subjectKind === 'account');
  const names = await namesOfAccounts(
    queries,
    own.map(({ integrationId, subjectKey: key }) => ({ integrationId, key })),
  );
  const others = await othersOfIncidents(
    queries,
    incidents.map(({ id }) => id),
  );
  return incidents.map((incident) => ({
    ...incidentView(incident, names.get(`${incident.integrationId} ${incident.subjectKey}`)),
    others: others.get(incident.id) ?? { first: [], count: 0 },
  }));
}

function incidentView(incident: Incident, name: AccountName | undefined): Omit<IncidentView, 'others'> {
  const { id, ownerId, ownerName, rule, title, status, verdict, findings } = incident;
  return {
    id,
    integration: { id: incident.integrationId, name: incident.integrationName },
    subject: subjectOf(incident, name),
    rule: { id: rule, title: title ?? rule },
    severity: severityWord(incident.severity),
    confidence: confidenceWord(incident.confidence),
    status,
    verdict,
    findings,
    firstAt: incident.firstAt.toISOString(),
    lastAt: incident.lastAt.toISOString(),
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? ownerId },
    openedAt: incident.openedAt.toISOString(),
    changedAt: incident.changedAt.toISOString(),
    closedAt: incident.closedAt?.toISOString() ?? null,
  };
}

function subjectOf(
  { subjectKind: kind, subjectKey: key, subjectLabel, integrationName }: Incident,
  name: AccountName | undefined,
): IncidentView['subject'] {
  if (kind === 'organisation') return { kind, key, label: integrationName, detail: null, present: true };
  if (kind !== 'account') return { kind, key, label: subjectLabel, detail: null, present: true };
  // Whoever was never read, or is no record: as the log calls him.
  if (name === undefined) return { kind, key, label: subjectLabel, detail: null, present: false };
  return { kind, key, label: name.label, detail: name.detail, present: name.present };
}

/** One incident with all that it is made of. */
export function incidentDetail(
  view: IncidentView,
  related: readonly RelatedIncident[],
  findings: readonly IncidentFindingRow[],
  events: readonly IncidentEvent[],
  book: RuleBook,
): IncidentDetail {
  const rules = new Map<string, RuleFacts>(
    [...book.detections, ...book.linked.correlations.map(({ rule }) => rule)].map((rule) => [rule.id, rule]),
  );
  const found = findings.map((row) => findingOf(row, rules.get(row.rule)));
  const worst = found.toSorted((one, other) => SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity));
  return {
    ...view,
    related,
    found,
    response: [...new Set(worst.flatMap(({ rule }) => rule.response))],
    attackVersion: ATTACK_VERSION,
    history: events.map(eventView),
  };
}

function findingOf(row: IncidentFindingRow, rule: RuleFacts | undefined): IncidentFinding {
  return {
    id: row.id,
    rule: {
      id: row.rule,
      title: rule?.title ?? row.title ?? row.rule,
      description: rule?.description ?? null,
      author: rule?.author ?? null,
      falsePositives: rule?.falsePositives ?? [],
      response: rule?.own.response ?? [],
      techniques: attackFacts(rule?.tags ?? []).techniques,
    },
    severity: severityWord(row.severity),
    confidence: confidenceWord(row.confidence),
    status: row.status,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    events: row.events,
  };
}

function eventView({ id, at, kind, actor, detail }: IncidentEvent): IncidentEventView {
  return { id, at: at.toISOString(), kind, by: actor?.name ?? null, detail };
}

/** Those that are not closed, by severity and status. */
export function incidentsSummary(
  counts: readonly { readonly status: string; readonly severity: number; readonly count: number }[],
): IncidentsSummary {
  const severities = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  const all = { open: 0, acknowledged: 0 };
  for (const { status, severity, count } of counts) {
    severities[severityWord(severity)] += count;
    all[status === 'acknowledged' ? 'acknowledged' : 'open'] += count;
  }
  return { ...all, severities };
}

export function severityWord(number: number): Severity {
  return SEVERITIES[number - 1] ?? 'medium';
}

export function confidenceWord(number: number): IncidentView['confidence'] {
  return CONFIDENCES[number - 1] ?? 'medium';
}
