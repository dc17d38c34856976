import { INCIDENT_STATUSES, type IncidentStatus, type Severity } from '@castellan/api';
import { isSeverity } from '../findings/severities.js';
import { kept } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';

/** What the address of the queue says; left out: all, but of the status those that are to be worked through. */
export interface IncidentsSearch {
  /** Left out: all, but where nothing else is chosen without low ones, as long as there are worse. */
  readonly severity?: Severity | 'all';
  readonly status?: IncidentStatus | 'all';
  readonly integration?: string;
  /** Words that are looked for in names, addresses, rules and techniques. */
  readonly q?: string;
  /** `kind:key`. */
  readonly subject?: string;
  /** Id of a user, `me`, or `none`. */
  readonly owner?: string;
  /** The worst first otherwise. */
  readonly sort?: 'newest';
}

export type IncidentsChange = { readonly [P in keyof IncidentsSearch]?: IncidentsSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readIncidentsSearch(raw: Readonly<Record<string, unknown>>): IncidentsSearch {
  const [severity, status] = [said(raw['severity']), said(raw['status'])];
  return kept<IncidentsSearch>({
    severity: severity === 'all' || isSeverity(severity) ? severity : undefined,
    status: isStatusChoice(status) ? status : undefined,
    integration: said(raw['integration']),
    q: said(raw['q']),
    subject: said(raw['subject']),
    owner: said(raw['owner']),
    sort: raw['sort'] === 'newest' ? 'newest' : undefined,
  });
}

export function isStatusChoice(text: string | undefined): text is IncidentStatus | 'all' {
  return text === 'all' || INCIDENT_STATUSES.some((status) => status === text);
}

/** What the API is asked for. */
export function incidentsParts({ status, severity, ...rest }: IncidentsSearch): URLSearchParams {
  const query = new URLSearchParams(Object.entries(rest));
  if (severity !== undefined && severity !== 'all') query.set('severity', severity);
  for (const one of status === 'all' ? INCIDENT_STATUSES : [status]) if (one !== undefined) query.append('status', one);
  return query;
}

/** What the address of one incident says. */
export interface IncidentSearch {
  /** Of the timeline only what findings are made of. */
  readonly events?: 'found';
  /** Key of the event that is open, and what is seen of it; what the provider has sent otherwise. */
  readonly event?: string;
  readonly tab?: string;
}

export function readIncidentSearch(raw: Readonly<Record<string, unknown>>): IncidentSearch {
  return kept<IncidentSearch>({
    events: raw['events'] === 'found' ? 'found' : undefined,
    event: said(raw['event']),
    tab: said(raw['tab']),
  });
}
