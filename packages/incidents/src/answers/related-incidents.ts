import type { RelatedIncident } from '@castellan/api';
import type { Incident, IncidentRepository, Queries } from '@castellan/storage';
import { namesOfAccounts } from './account-names.js';
import { incidentViews } from './incident-views.js';

/** Incidents that have somebody in common with one. */
export async function relatedIncidents(
  queries: Queries,
  incidents: IncidentRepository,
  workspaceId: string,
  of: Incident,
): Promise<readonly RelatedIncident[]> {
  const related = await incidents.related(workspaceId, of.id);
  const all = related.map(({ incident }) => incident);
  const views = await incidentViews(queries, all);
  const keys = [...new Set(related.flatMap(({ shared }) => shared))];
  const names = await namesOfAccounts(
    queries,
    keys.map((key) => ({ integrationId: of.integrationId, key })),
  );
  const own = new Map([of, ...all].map(({ subjectKey, subjectLabel }) => [subjectKey, subjectLabel]));
  const labelOf = (key: string): string => names.get(`${of.integrationId} ${key}`)?.label ?? own.get(key) ?? key;
  return views.map(({ id, subject, rule, severity, confidence, status, verdict, firstAt, lastAt }, place) => ({
    id,
    subject,
    rule,
    severity,
    confidence,
    status,
    verdict,
    firstAt,
    lastAt,
    shared: (related[place]?.shared ?? []).map((key) => ({ key, label: labelOf(key) })),
  }));
}
