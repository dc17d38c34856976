import type { AccessGraph, AccessHit, AccessOverview } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ANA, BEGUN, COVERAGE, ENGINEERING, LEDGER, ROLE } from './access-examples.js';

const INTEGRATION = { id: '0b9a7f0e-5c1d-4c53-9d1c-8d6f5a2a7c11', name: 'Directory' };
const HITS: readonly AccessHit[] = [
  { integration: INTEGRATION, node: ANA },
  { integration: INTEGRATION, node: ENGINEERING },
];
export const SEARCH_ANSWER = { items: HITS };

const OVERVIEW: AccessOverview = {
  accounts: 1_500,
  accountsByStatus: [
    { name: 'active', count: 1_380 },
    { name: 'suspended', count: 120 },
  ],
  authenticators: { resistant: 420, other: 830, none: 130 },
  administrators: [{ integration: INTEGRATION.id, role: ROLE, accounts: 4 }],
  administratorCount: 9,
  administratorGroupCount: 2,
  administratorClientCount: 1,
  applications: [
    { integration: INTEGRATION.id, application: LEDGER, times: 2_104 },
    { integration: INTEGRATION.id, application: { ...LEDGER, detail: null, status: null }, times: 12 },
  ],
  signIns: [{ day: '2026-11-25', times: 1_022 }],
  coverage: COVERAGE,
};
export const OVERVIEW_ANSWER = new Examples({ 'of a workspace': OVERVIEW }, [
  { ...OVERVIEW, authenticators: null, coverage: null },
  {
    ...OVERVIEW,
    administrators: [
      { integration: INTEGRATION.id, role: { ...ROLE, detail: 'Manages members', status: 'active' }, accounts: 4 },
    ],
    coverage: BEGUN,
  },
]);

const GRAPH: AccessGraph = {
  subject: ENGINEERING,
  nodes: [
    { id: 'group:00g1XkdJSm3rAAAAism7', node: ENGINEERING, kind: 'group', count: 1 },
    { id: 'application:0oa1XkdJSm3rAAAAism7', node: LEDGER, kind: 'application', count: 1 },
    { id: 'accounts', node: null, kind: 'account', count: 310 },
  ],
  edges: [
    { from: 'accounts', to: 'group:00g1XkdJSm3rAAAAism7', relation: 'membership' },
    { from: 'group:00g1XkdJSm3rAAAAism7', to: 'application:0oa1XkdJSm3rAAAAism7', relation: 'app_assignment' },
  ],
};
export const GRAPH_ANSWER = new Examples({ 'around a group': GRAPH }, [{ ...GRAPH, subject: ANA }]);
