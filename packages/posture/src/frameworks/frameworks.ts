import { CIS_CONTROLS } from './cis-controls.js';
import { DISA_STIG, DISA_STIG_LIMITS } from './disa-stig.js';
import type { LimitOfControl } from './limit-of-control.js';
import { NIST_800_53 } from './nist-800-53.js';
import { SOC_2 } from './soc-2.js';

const CONTROLS = { nist: NIST_800_53, cis: CIS_CONTROLS, soc2: SOC_2, stig: DISA_STIG } as const;

export type FrameworkId = keyof typeof CONTROLS;
type ControlId<F extends FrameworkId> = keyof (typeof CONTROLS)[F] & string;

/** Which controls a check speaks to. One that is not in the framework's list does not compile. */
export type FrameworkReferences = { readonly [F in FrameworkId]?: readonly ControlId<F>[] };

export interface Framework {
  readonly id: FrameworkId;
  readonly title: string;
  readonly version: string;
  /** Whether `controls` has all that the framework has, or only those that a check speaks to. */
  readonly whole: boolean;
  /** Title by id. */
  readonly controls: ReadonlyMap<string, string>;
  /** By id of a control: the figure that it names. */
  readonly limits: ReadonlyMap<string, LimitOfControl>;
  /** Connector that it is written for. */
  readonly only?: string;
}

const controlsOf = (id: FrameworkId): ReadonlyMap<string, string> => new Map(Object.entries(CONTROLS[id]));

const NO_LIMITS: Framework['limits'] = new Map();

export const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'nist',
    title: 'NIST SP 800-53',
    version: 'Revision 5',
    whole: false,
    controls: controlsOf('nist'),
    limits: NO_LIMITS,
  },
  { id: 'cis', title: 'CIS Controls', version: '8.1', whole: false, controls: controlsOf('cis'), limits: NO_LIMITS },
  {
    id: 'soc2',
    title: 'SOC 2',
    version: 'Trust Services Criteria 2017',
    whole: false,
    controls: controlsOf('soc2'),
    limits: NO_LIMITS,
  },
  {
    id: 'stig',
    title: 'DISA STIG Okta IDaaS',
    version: 'V1R2',
    whole: true,
    controls: controlsOf('stig'),
    limits: new Map(Object.entries(DISA_STIG_LIMITS)),
    only: 'okta',
  },
];
