import type {
  AccessChange,
  AccessChanges,
  AccessLink,
  AccessNode,
  AccessPage,
  AccessReasons,
  AccessRow,
  EdgeChange,
  EdgeChanges,
  UsageCoverage,
} from '@castellan/api';
import { Examples } from '../docs/examples.js';

export const ANA: AccessNode = {
  kind: 'account',
  key: '00u0FlPUeNfpAAAAtsm7',
  label: 'Ana Diaz',
  detail: 'ana.diaz@acme.example',
  status: 'active',
  present: true,
};
export const ENGINEERING: AccessNode = {
  kind: 'group',
  key: '00g1XkdJSm3rAAAAism7',
  label: 'Engineering',
  detail: null,
  status: null,
  present: true,
};
export const LEDGER: AccessNode = {
  kind: 'application',
  key: '0oa1XkdJSm3rAAAAism7',
  label: 'Ledger',
  detail: 'saml',
  status: 'active',
  present: true,
};
export const ROLE: AccessNode = { ...ENGINEERING, kind: 'role', key: 'GROUP_MEMBERSHIP_ADMIN', label: 'Group administrator' };

export const COVERAGE: UsageCoverage = { since: '2026-08-28T00:00:00.000Z', until: '2026-11-26T09:28:10.120Z' };
/** The log has not been read to its end yet. */
export const BEGUN: UsageCoverage = { since: '2026-08-28T00:00:00.000Z', until: null };
export const USED = { firstAt: '2026-09-01T07:30:00.000Z', lastAt: '2026-11-24T22:47:50.000Z', times: 41 };

const ref = ({ kind, key }: AccessNode): AccessLink['from'] => ({ kind, key });
const SINCE = { since: '2026-11-20T06:00:01.618Z', orBefore: true };

const MEMBER: AccessLink = {
  relation: 'membership',
  from: ref(ANA),
  to: ref(ENGINEERING),
  ...SINCE,
  rules: [{ key: '0pr1XkdJSm3rAAAAism7', label: 'Engineers' }],
  targets: [],
  byUnknownGroup: false,
};
const GIVEN: AccessLink = {
  ...MEMBER,
  relation: 'app_assignment',
  from: ref(ENGINEERING),
  to: ref(LEDGER),
  rules: [],
};
const NARROWED: AccessLink = {
  ...GIVEN,
  relation: 'role_assignment',
  from: ref(ANA),
  to: ref(ROLE),
  targets: [{ kind: 'group', key: ENGINEERING.key, label: ENGINEERING.label }],
};

const ROW: AccessRow = {
  node: LEDGER,
  chains: [{ links: [MEMBER, GIVEN], ...SINCE }],
  chainCount: 1,
  more: false,
  ...SINCE,
  usage: USED,
};
const UNUSED: AccessRow = { ...ROW, node: ROLE, chains: [{ links: [NARROWED], ...SINCE }], usage: null };
const CURSOR = 'WyJhY2Nlc3MvcmVhY2ggLi4uIiwiMTAwIl0';

const REACHED: AccessPage = { subject: ANA, items: [ROW], nodes: [ENGINEERING], next: CURSOR, coverage: COVERAGE };
const NEVER: AccessPage = { ...REACHED, items: [UNUSED], nodes: [], next: null, coverage: BEGUN };
/** Whoever is in a chain may have all that a node can have. */
const FULL: AccessPage = { ...REACHED, nodes: [ENGINEERING, ANA] };
/** Of which nobody knows more than the key, and whose log says nothing of use. */
const UNREAD: AccessPage = {
  ...NEVER,
  subject: { ...ANA, label: ANA.key, detail: null, status: null, present: false },
  items: [],
  coverage: null,
};

export const REACH_ANSWER = new Examples({ 'applications of an account': REACHED, 'roles of an account': NEVER }, [
  UNREAD,
  FULL,
]);
export const REACHED_BY_ANSWER = new Examples(
  { 'accounts of an application': { ...REACHED, subject: LEDGER, items: [{ ...ROW, node: ANA }] } },
  [NEVER, UNREAD, FULL],
);
export const LOSS_ANSWER = new Examples({ 'a membership': { ...REACHED, next: null } }, [REACHED, NEVER, UNREAD, FULL]);

const REASONS: AccessReasons = {
  from: ANA,
  to: LEDGER,
  chains: ROW.chains,
  more: false,
  nodes: [ENGINEERING],
  usage: USED,
  coverage: COVERAGE,
};
export const REASONS_ANSWER = new Examples(
  {
    reached: REASONS,
    'not reached': { ...REASONS, chains: [], nodes: [], usage: null, coverage: null },
  },
  [
    { ...REASONS, nodes: [ANA] },
    { ...REASONS, to: ROLE, chains: UNUSED.chains, coverage: BEGUN },
    { ...REASONS, from: UNREAD.subject },
  ],
);

const GAINED: AccessChange = { what: 'gained', node: LEDGER, chains: ROW.chains };
const LOST: AccessChange = { what: 'lost', node: ROLE, chains: UNUSED.chains };
const CHANGES: AccessChanges = {
  subject: ANA,
  since: '2026-11-20T00:00:00.000Z',
  until: '2026-11-26T00:00:00.000Z',
  items: [GAINED, LOST],
  nodes: [ENGINEERING],
  next: null,
};
export const CHANGES_ANSWER = new Examples({ 'of an account': CHANGES }, [
  { ...CHANGES, subject: UNREAD.subject, next: CURSOR },
  { ...CHANGES, nodes: [ANA] },
]);

const EDGE: EdgeChange = {
  what: 'gained',
  at: '2026-11-24T22:48:20.100Z',
  relation: 'membership',
  from: ANA,
  to: ENGINEERING,
  target: null,
};
/** Of a role that is narrowed to a group. */
const NARROWED_EDGE: EdgeChange = {
  ...EDGE,
  relation: 'role_assignment',
  to: ROLE,
  target: { kind: 'group', key: ENGINEERING.key, label: ENGINEERING.label },
};
const EDGES: EdgeChanges = {
  since: CHANGES.since,
  until: CHANGES.until,
  items: [EDGE, NARROWED_EDGE, { ...EDGE, what: 'lost', relation: 'app_assignment', from: ENGINEERING, to: LEDGER }],
  next: CURSOR,
};
export const EDGE_CHANGES_ANSWER = new Examples({ 'of an organisation': EDGES }, [{ ...EDGES, next: null }]);
