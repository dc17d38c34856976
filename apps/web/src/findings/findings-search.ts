import {
  FINDING_SOURCES,
  FINDING_STATUSES,
  type FindingSource,
  type FindingStatus,
  type FindingsWhere,
  type PostureArea,
  type Severity,
} from '@castellan/api';
import { isArea } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';
import { isSeverity } from './severities.js';

/** What the address of a list of findings says; left out: all, but of the status those that are to be worked through. */
export interface FindingsSearch {
  readonly source?: FindingSource;
  readonly severity?: Severity;
  readonly status?: FindingStatus | 'all';
  /** Id of a check or a rule. */
  readonly rule?: string;
  /** Of checks. */
  readonly area?: PostureArea;
  /** Words of a title or an id. */
  readonly q?: string;
  readonly integration?: string;
  /** `kind:key`. */
  readonly subject?: string;
  readonly owner?: 'me' | 'none';
  /** The worst first otherwise. */
  readonly sort?: 'newest';
}

export type FindingsChange = { readonly [P in keyof FindingsSearch]?: FindingsSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readFindingsSearch(raw: Readonly<Record<string, unknown>>): FindingsSearch {
  const [severity, status, owner, area] = ['severity', 'status', 'owner', 'area'].map((name) => said(raw[name]));
  return keptFindings({
    source: FINDING_SOURCES.find((source) => source === raw['source']),
    severity: isSeverity(severity) ? severity : undefined,
    status: isStatusChoice(status) ? status : undefined,
    rule: said(raw['rule']),
    area: isArea(area) ? area : undefined,
    q: said(raw['q']),
    integration: said(raw['integration']),
    subject: said(raw['subject']),
    owner: owner === 'me' || owner === 'none' ? owner : undefined,
    sort: raw['sort'] === 'newest' ? 'newest' : undefined,
  });
}

export function isStatusChoice(text: string | undefined): text is FindingStatus | 'all' {
  return text === 'all' || FINDING_STATUSES.some((status) => status === text);
}

/** An address says only what was chosen. */
export function keptFindings(search: FindingsChange): FindingsSearch {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries); // each of its own type, as it came
}

/** What the API is asked for a page, a count or a file. */
export function findingsWhere({ status, sort: _sort, ...rest }: FindingsSearch): FindingsWhere {
  return { ...rest, ...(status !== undefined && { status: status === 'all' ? FINDING_STATUSES : status }) };
}

/** The same as a query. */
export function findingsParts(search: FindingsSearch): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(findingsWhere(search)))
    for (const one of [value].flat()) query.append(name, String(one));
  if (search.sort !== undefined) query.set('sort', search.sort);
  return query;
}
