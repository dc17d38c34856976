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
  /** Of controls. `none`: no check speaks to it. */
  readonly status?: ControlChoice;
  /** Words of a control, or a part of its number. */
  readonly q?: string;
}

export type ControlChoice = CheckStatus | 'none';
export type FrameworksChange = { readonly [P in keyof FrameworksSearch]?: FrameworksSearch[P] | undefined };

export function readFrameworksSearch(raw: Readonly<Record<string, unknown>>): FrameworksSearch {
  const status = said(raw['status']);
  return kept<FrameworksSearch>({
    ...readPostureSearch(raw),
    framework: said(raw['framework']),
    status: isControlChoice(status) ? status : undefined,
    q: said(raw['q']),
  });
}

export function isControlChoice(text: string | undefined): text is ControlChoice {
  return text === 'none' || isCheckStatus(text);
}

/** `none`: nobody has looked yet. */
export type CheckChoice = CheckStatus | 'none' | 'off';

/** Which checks are listed; left out: all. */
export interface ChecksSearch extends PostureSearch {
  readonly area?: PostureArea;
  readonly status?: CheckChoice;
  readonly severity?: Severity;
  readonly q?: string;
}

export type ChecksChange = { readonly [P in keyof ChecksSearch]?: ChecksSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readChecksSearch(raw: Readonly<Record<string, unknown>>): ChecksSearch {
  const [area, status, severity] = [said(raw['area']), said(raw['status']), said(raw['severity'])];
  return kept<ChecksSearch>({
    ...readPostureSearch(raw),
    area: isArea(area) ? area : undefined,
    status: isCheckChoice(status) ? status : undefined,
    severity: isSeverity(severity) ? severity : undefined,
    q: said(raw['q']),
  });
}

/** An address says only what was chosen. */
export function kept<S extends object>(search: { readonly [P in keyof S]?: S[P] | undefined }): S {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as S; // each of its own type, as it came
}

export function isArea(text: string | undefined): text is PostureArea {
  return POSTURE_AREAS.some((area) => area === text);
}

export function isCheckStatus(text: string | undefined): text is CheckStatus {
  return CHECK_STATUSES.some((status) => status === text);
}

export function isCheckChoice(text: string | undefined): text is CheckChoice {
  return text === 'none' || text === 'off' || isCheckStatus(text);
}

/** Of the filters that can only say what is in a list: what the address says, and is not understood. */
export function misread(
  raw: Readonly<Record<string, unknown>>,
  read: object,
): readonly (readonly [name: string, value: string])[] {
  return ['severity', 'status', 'area', 'owner', 'sort'].flatMap((name) => {
    const value = said(raw[name]);
    return value === undefined || Object.hasOwn(read, name) ? [] : [[name, value] as const];
  });
}
