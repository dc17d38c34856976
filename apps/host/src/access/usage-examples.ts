import type { AccessHit, PrincipalUsage } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ANA, BEGUN, COVERAGE, ENGINEERING, LEDGER, USED } from './access-examples.js';

const USAGE: PrincipalUsage = {
  coverage: COVERAGE,
  signIn: USED,
  administration: USED,
  api: USED,
  applications: [
    { ...USED, node: LEDGER },
    { ...USED, node: { ...LEDGER, detail: null, status: null } },
  ],
  authenticators: [
    { ...USED, key: 'opf1XkdJSm3rAAAAism7' },
    { ...USED, key: null },
  ],
  days: [{ day: '2026-11-24', signIns: 2, applications: 5 }],
};
export const USAGE_ANSWER = new Examples(
  {
    'an account': USAGE,
    'one that was not seen': {
      coverage: null,
      signIn: null,
      administration: null,
      api: null,
      applications: [],
      authenticators: [],
      days: [],
    },
  },
  [{ ...USAGE, coverage: BEGUN }],
);

const INTEGRATION = { id: '0b9a7f0e-5c1d-4c53-9d1c-8d6f5a2a7c11', name: 'Directory' };
const HITS: readonly AccessHit[] = [
  { integration: INTEGRATION, node: ANA },
  { integration: INTEGRATION, node: ENGINEERING },
];
export const SEARCH_ANSWER = { items: HITS };
