import type { ActionRequestView } from '@castellan/api';
import { requestTitle } from '../src/actions/request-words.js';

type Touch = ActionRequestView['plan']['touches'][number];
type Told = Parameters<typeof requestTitle>[0];

const plan = (outcome: string, ...kinds: readonly Touch['kind'][]): ActionRequestView['plan'] => ({
  state: 'open',
  calls: [],
  touches: kinds.map((kind) => ({ kind, key: `key of ${kind}`, name: kind })),
  consequences: [],
  outcome,
  undo: null,
  stale: [],
  fingerprint: 'f',
});

const BLOCKED: Told = {
  title: 'Block the address',
  subject: { kind: 'network_zone', key: 'zone-7', name: 'Blocklist' },
  input: { address: '203.0.113.9', networkZone: 'zone-7' },
  plan: plan('203.0.113.9 is in the blocklist Blocklist.', 'network_zone'),
};
const REMOVED: Told = {
  title: 'Remove from group',
  subject: { kind: 'group_membership', key: 'g-1|u-17', name: 'ana in Staff' },
  input: { group: 'g-1', member: 'u-17', principalKind: 'account', profile: null, priority: 4 },
  plan: plan('ana is no account of Staff, g-1.', 'account', 'group'),
};

test.each([
  ['what it was told beside', BLOCKED, 'Block the address: 203.0.113.9 (Blocklist)'],
  ['no ids, no kinds, no numbers', REMOVED, 'Remove from group: ana in Staff'],
  [
    'at the end of the sentence',
    { ...BLOCKED, plan: plan('Turned away is 203.0.113.9.') },
    'Block the address: 203.0.113.9 (Blocklist)',
  ],
  ['no part of a word', { ...BLOCKED, plan: plan('203.0.113.90 is blocked.') }, 'Block the address: Blocklist'],
])('a request is called by its action and subject: %s', (_what, request, words) => {
  expect(requestTitle(request)).toBe(words);
});
