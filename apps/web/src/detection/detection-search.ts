import { DETECTION_KINDS, type DetectionKind, type Severity } from '@castellan/api';
import { isSeverity } from '../findings/severities.js';
import { kept } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';

/** Which rules are listed; left out: all. */
export interface RulesSearch {
  readonly q?: string;
  readonly level?: Severity;
  readonly kind?: DetectionKind;
  /** `T1110` with all that are part of it, or one of these. */
  readonly technique?: string;
  readonly tactic?: string;
  /** `ours`, or the name of a file. */
  readonly source?: string;
  readonly state?: 'on' | 'off' | 'changed';
  readonly hits?: 'some' | 'none';
  /** The worst first otherwise. */
  readonly sort?: 'hits';
}

export type RulesChange = { readonly [P in keyof RulesSearch]?: RulesSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readRulesSearch(raw: Readonly<Record<string, unknown>>): RulesSearch {
  const [level, kind, state, hits] = ['level', 'kind', 'state', 'hits'].map((name) => said(raw[name]));
  return kept<RulesSearch>({
    q: said(raw['q']),
    level: isSeverity(level) ? level : undefined,
    kind: DETECTION_KINDS.find((one) => one === kind),
    technique: said(raw['technique']),
    tactic: said(raw['tactic']),
    source: said(raw['source']),
    state: state === 'on' || state === 'off' || state === 'changed' ? state : undefined,
    hits: hits === 'some' || hits === 'none' ? hits : undefined,
    sort: raw['sort'] === 'hits' ? 'hits' : undefined,
  });
}

/** How the coverage is shown; as a picture otherwise. */
export interface CoverageSearch {
  readonly view?: 'table';
}

export function readCoverageSearch(raw: Readonly<Record<string, unknown>>): CoverageSearch {
  return raw['view'] === 'table' ? { view: 'table' } : {};
}
