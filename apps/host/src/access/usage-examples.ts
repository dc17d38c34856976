import type { PrincipalUsage } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { BEGUN, COVERAGE, LEDGER, USED } from './access-examples.js';

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
