import { CHECK_STATUSES, type CheckStatus, POSTURE_AREAS, type PostureArea, type Severity } from '@castellan/api';
import { isSeverity } from '../findings/severities.js';
import { said } from '../records/record-search.js';

/** What the addresses of all pages of the posture say. */
export interface PostureSearch {
  /** Of one integration; all of the workspace otherwise. */
  readonly integration?: string;
}

export function readPostureSearch(raw: Readonly<Record<string, unknown>>): PostureSearch {
  const integration = said(raw['integration']);
  return integration === undefined ? {} : { integration };
}

/** Which framework is shown; the first otherwise. */
export interface FrameworksSearch extends PostureSearch {
  readonly framework?: string;
}

export function readFrameworksSearch(raw: Readonly<Record<string, unknown>>): FrameworksSearch {
  const framework = said(raw['framework']);
  return { ...readPostureSearch(raw), ...(framework !== undefined && { framework }) };
}

/** Which checks are listed; left out: all. */
export interface ChecksSearch extends PostureSearch {
  readonly area?: PostureArea;
  /** `none`: it is off, or nobody has looked yet. */
  readonly status?: CheckStatus | 'none';
  readonly severity?: Severity;
  readonly q?: string;
}

export type ChecksChange = { readonly [P in keyof ChecksSearch]?: ChecksSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readChecksSearch(raw: Readonly<Record<string, unknown>>): ChecksSearch {
  const [area, status, severity] = [said(raw['area']), said(raw['status']), said(raw['severity'])];
  return keptChecks({
    ...readPostureSearch(raw),
    area: isArea(area) ? area : undefined,
    status: isCheckStatus(status) ? status : undefined,
    severity: isSeverity(severity) ? severity : undefined,
    q: said(raw['q']),
  });
}

/** An address says only what was chosen. */
export function keptChecks(search: ChecksChange): ChecksSearch {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries); // each of its own type, as it came
}

export function isArea(text: string | undefined): text is PostureArea {
  return POSTURE_AREAS.some((area) => area === text);
}

export function isCheckStatus(text: string | undefined): text is CheckStatus | 'none' {
  return text === 'none' || CHECK_STATUSES.some((status) => status === text);
}
