import { INCIDENT_STATUSES, type IncidentStatus, SEVERITIES } from '@castellan/api';
import { severityNumber } from '@castellan/posture';
import type { IncidentConditions, Storage } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { among, readOwner } from '../findings/read-findings-query.js';
import { readWords } from '../records/read-rows-query.js';
import { readIntegration } from '../records/rows-lookup.js';
import type { IncidentsConditions } from './incidents-query.js';

/** What is to be worked through. */
const TO_WORK_THROUGH: readonly IncidentStatus[] = ['open', 'acknowledged'];

/** Whoever copies the title of a rule has that many. */
const MOST_WORDS = 30;

/** @throws Problem (400) that names the parameter and what it can be; (404) for an integration that is not there. */
export async function readIncidentConditions(
  storage: Storage,
  caller: Caller,
  query: IncidentsConditions,
): Promise<IncidentConditions> {
  const statuses = among(INCIDENT_STATUSES, query.status, 'status');
  const severities = among(SEVERITIES, query.severity, 'severity').map(severityNumber);
  const colon = query.subject?.indexOf(':') ?? -1;
  return {
    integrationId: await readIntegration(storage, caller, query.integration),
    statuses: statuses.length === 0 ? TO_WORK_THROUGH : statuses,
    severities: severities.length === 0 ? undefined : severities,
    subjectKind: query.subject?.slice(0, colon),
    subjectKey: query.subject?.slice(colon + 1),
    words: readWords(query.q, MOST_WORDS),
    ownerId: readOwner(caller, query.owner, 'owner'),
  };
}
