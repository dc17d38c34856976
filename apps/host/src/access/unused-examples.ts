import type { RemovalSuggestions, UnusedApplications, UnusedRoles } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ANA, BEGUN, COVERAGE, ENGINEERING, LEDGER, ROLE, USED } from './access-examples.js';

const UNUSED: UnusedApplications = {
  days: 90,
  items: [
    { application: LEDGER, accounts: 310, unused: 204, lastAt: USED.lastAt },
    { application: { ...LEDGER, detail: null, status: null, present: false }, accounts: 12, unused: 12, lastAt: null },
  ],
  next: null,
  coverage: COVERAGE,
  countedAt: '2026-11-26T06:04:12.001Z',
};
export const UNUSED_ANSWER = new Examples(
  { 'of an organisation': UNUSED, 'not counted yet': { ...UNUSED, items: [], countedAt: null } },
  [
    { ...UNUSED, next: 'WyJhY2Nlc3MvdW51c2VkIC4uLiIsIjEwMCJd', coverage: null },
    { ...UNUSED, coverage: BEGUN },
  ],
);

const ROLES: UnusedRoles = {
  days: 90,
  items: [
    { account: ANA, roles: [ROLE], usage: null },
    {
      account: { ...ANA, detail: null, status: null },
      roles: [{ ...ROLE, detail: 'Manages members', status: 'active' }],
      usage: USED,
    },
  ],
  next: null,
  coverage: COVERAGE,
};
export const UNUSED_ROLES_ANSWER = new Examples({ administrators: ROLES }, [
  { ...ROLES, next: 'WyJhY2Nlc3MvdW51c2VkLXJvbGVzIC4uLiIsIjEwMCJd', coverage: null },
  { ...ROLES, coverage: BEGUN },
]);

const SUGGESTIONS: RemovalSuggestions = {
  days: 90,
  items: [
    {
      principal: ENGINEERING,
      application: LEDGER,
      since: '2026-11-20T06:00:01.618Z',
      orBefore: true,
      accounts: 40,
      losing: 31,
      breaking: 0,
      lastAt: null,
    },
    {
      principal: ANA,
      application: { ...LEDGER, detail: null, status: null },
      since: '2026-11-20T06:00:01.618Z',
      orBefore: false,
      accounts: 1,
      losing: 0,
      breaking: 0,
      lastAt: USED.lastAt,
    },
    {
      principal: { ...ENGINEERING, key: '00g2XkdJSm3rAAAAism7', label: 'Finance' },
      application: LEDGER,
      since: '2026-11-20T06:00:01.618Z',
      orBefore: true,
      accounts: 40,
      losing: 40,
      breaking: 2,
      lastAt: USED.lastAt,
    },
  ],
  coverage: COVERAGE,
};
export const SUGGESTIONS_ANSWER = new Examples({ 'of an application': SUGGESTIONS }, [
  { ...SUGGESTIONS, coverage: null },
  { ...SUGGESTIONS, coverage: BEGUN },
]);
