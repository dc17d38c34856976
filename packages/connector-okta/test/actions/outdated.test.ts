import type { Org } from '@castellan/okta-simulator';
import { ActedOrg, NAMES } from '../support/acted-org.js';

type Input = Readonly<Record<string, string>>;
type Change = (org: Org, input: Input) => unknown;

const gateways = (...values: readonly string[]) => values.map((value) => ({ type: 'CIDR', value }));
const factorIn = ({ authenticator = '' }: Input): readonly [account: string, factor: string] => {
  const [account = '', factor = ''] = authenticator.split('|');
  return [account, factor];
};

/** What is not as it was when somebody agreed, so that they might not agree any more. */
const CHANGES: readonly (readonly [name: string, what: string, change: Change])[] = [
  ['deactivate-account', 'is suspended', (org, { account = '' }) => org.setStatus(account, 'SUSPENDED')],
  ['expire-password', 'is locked', (org, { account = '' }) => org.setStatus(account, 'LOCKED_OUT')],
  ['reset-password', 'has an expired password', (org, { account = '' }) => org.setStatus(account, 'PASSWORD_EXPIRED')],
  [
    'remove-factor',
    'has enrolled it anew',
    (org, input) => {
      const [account, factor] = factorIn(input);
      const changed = org.factorsOf(account).map((one) => (one.id === factor ? { ...one, status: 'PENDING_ACTIVATION' } : one));
      org.factors.replace(account, changed);
    },
  ],
  ['reset-factors', 'has another factor', (org, { account = '' }) => org.enrolFactor(account, 'push')],
  [
    'unassign-application',
    'has another profile there',
    (org, { application = '', principal = '' }) => org.updateAppUser(application, principal, { profile: { nickname: 'Al' } }),
  ],
  [
    'assign-application',
    'has it through a group',
    (org, { application = '', principal = '' }) => {
      const group = org.addGroup({ name: 'All of them' }).id;
      org.addMember(group, principal);
      org.assignGroup(application, group);
    },
  ],
  [
    'unlink-account',
    'is linked as somebody else',
    (org, { identityProvider = '', account = '' }) => org.linkIdpUser(identityProvider, account, 'another@partner.example'),
  ],
  [
    'block-address',
    'has other addresses',
    (org, { networkZone = '' }) => org.updateZone(networkZone, { gateways: gateways('192.0.2.0/24') }),
  ],
  [
    'block-address',
    'has another name, which would be written back',
    (org, { networkZone = '' }) => org.updateZone(networkZone, { name: 'Renamed' }),
  ],
  [
    'unblock-address',
    'has other addresses',
    (org, { networkZone = '' }) =>
      org.updateZone(networkZone, {
        gateways: [...gateways('192.0.2.0/24'), { type: 'RANGE', value: '198.51.100.23-198.51.100.23' }],
      }),
  ],
];

let acted: ActedOrg;
beforeAll(async () => {
  acted = await ActedOrg.start();
});
afterAll(() => acted.close());

it.each(CHANGES)('%s of what %s since is not done: it is planned anew', async (name, _, change) => {
  const { input, isDone } = acted.trial(name);
  const { fingerprint } = await acted.host.plan(name, input);
  change(acted.org, input);
  acted.begin();
  const before = acted.org.log.length;
  const outcome = await acted.host.act(name, input, fingerprint);
  const anew = await acted.host.plan(name, input);
  expect(outcome).toMatchObject({ outdated: { fingerprint: anew.fingerprint, state: 'open', calls: anew.calls } });
  expect(anew.fingerprint).not.toBe(fingerprint);
  expect([acted.writes, acted.told(before)]).toEqual([[], []]);
  expect(await acted.host.act(name, input, anew.fingerprint)).toMatchObject({ changed: true });
  expect(isDone()).toBe(true);
});

it('remove-role of a role that is narrowed since is not done: it could not be taken back any more', async () => {
  const principal = { kind: 'user', id: acted.org.addUser().id } as const;
  const assignment = acted.org.grantRole(principal, { type: 'USER_ADMIN' });
  const input = { role: 'USER_ADMIN', principalKind: 'account', principal: principal.id, assignment };
  const plan = await acted.host.plan('remove-role', input);
  expect(plan.undo).toMatchObject({ action: 'assign-role' });
  acted.org.addRoleTarget(principal, assignment, { group: acted.org.addGroup({ name: 'Interns' }).id });
  expect(await acted.host.act('remove-role', input, plan.fingerprint)).toMatchObject({ outdated: { undo: null } });
  const narrowed = await acted.host.plan('remove-role', input);
  acted.org.addRoleTarget(principal, assignment, { group: acted.org.addGroup({ name: 'Trainees' }).id });
  expect(await acted.host.act('remove-role', input, narrowed.fingerprint)).toMatchObject({ outdated: { undo: null } });
  expect(acted.org.administration.holdsRole(principal)).toBe(true);
});

it.each(NAMES.filter((name) => name !== 'clear-sessions'))(
  '%s that somebody else has done since is done already',
  async (name) => {
    const { input, isDone } = acted.trial(name);
    const { fingerprint, outcome } = await acted.host.plan(name, input);
    await (await acted.byToken()).done(name, input);
    acted.begin();
    const before = acted.org.log.length;
    expect(isDone()).toBe(true);
    const second = await acted.host.act(name, input, fingerprint);
    expect(second).toMatchObject({ changed: false });
    // What is gone is not known by its name any more.
    if (name !== 'revoke-api-token' && name !== 'remove-factor' && name !== 'remove-role')
      expect(second).toMatchObject({ message: outcome });
    expect([acted.writes, acted.told(before)]).toEqual([[], []]);
  },
);

it('a name that has changed since is no reason to ask again', async () => {
  const { input } = acted.trial('suspend-account');
  const { fingerprint } = await acted.host.plan('suspend-account', input);
  acted.org.updateUser(input['account'] ?? '', { firstName: 'Another' });
  expect(await acted.host.act('suspend-account', input, fingerprint)).toMatchObject({ changed: true });
});
