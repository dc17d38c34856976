import type { FindingDetection } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { findingEvents } from './incident-timeline.js';
import { confidenceWord, severityWord } from './incident-views.js';

/** What a rule has seen, for the page of its finding; `null`: it is of a check. */
export async function findingDetection(
  { queries, incidents }: Pick<Storage, 'queries' | 'incidents'>,
  workspaceId: string,
  findingId: string,
): Promise<FindingDetection | null> {
  const [row] = await incidents.found([findingId]);
  if (row === undefined) return null;
  const incident = await incidents.find(workspaceId, row.incidentId);
  // Another workspace's, or gone at this moment.
  if (incident === undefined) return null;
  const { id, title, rule, severity, status, verdict, integrationId } = incident;
  return {
    incident: { id, title: title ?? rule, severity: severityWord(severity), status, verdict },
    confidence: confidenceWord(row.confidence),
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    events: await findingEvents(queries, integrationId, row),
    count: row.events.length,
  };
}
