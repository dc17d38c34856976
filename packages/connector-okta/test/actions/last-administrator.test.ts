import { GuardedOrg } from '../support/guarded-org.js';

const LAST = /No other Super Administrator who can sign in/;
const OWN = /Castellan itself/;
const WAYS = ['suspend-account', 'deactivate-account', 'reset-password', 'reset-factors'] as const;

let guarded: GuardedOrg;
beforeEach(async () => {
  guarded = await GuardedOrg.start();
});
afterEach(() => guarded.close());

it.each(['LOCKED_OUT', 'RECOVERY', 'PASSWORD_EXPIRED'] as const)(
  'is kept though there is another one who is %s, whom somebody has to help first',
  async (status) => {
    const [last, other] = [guarded.administrator(), guarded.administrator()];
    guarded.org.setStatus(other, status);
    for (const name of WAYS) await guarded.expectRefused(name, { account: last }, 'account', LAST);
    guarded.org.setStatus(other, 'ACTIVE');
    for (const name of WAYS) expect(await guarded.host.plan(name, { account: last })).toMatchObject({ state: 'open' });
  },
);

it('is not guarded where nothing is taken: an account without factors has none to lose', async () => {
  const last = guarded.administrator();
  guarded.org.resetFactors(last);
  expect(await guarded.host.plan('reset-factors', { account: last })).toMatchObject({ state: 'done', consequences: [] });
});

it('whose token this connection has is not locked out either', async () => {
  const { host, owner } = await guarded.byToken();
  guarded.administrator();
  for (const name of WAYS) await guarded.expectRefused(name, { account: owner }, 'account', OWN, host);
});

it('keeps the role of a group that whoever owns our token is in', async () => {
  const { host, owner } = await guarded.byToken();
  const group = guarded.org.addGroup({ name: 'Administrators' }).id;
  const assignment = guarded.org.grantRole({ kind: 'group', id: group }, { type: 'ORG_ADMIN' });
  const input = { role: 'ORG_ADMIN', principalKind: 'group', principal: group, assignment };
  expect(await host.plan('remove-role', input)).toMatchObject({ state: 'open' });
  guarded.org.addMember(group, owner);
  await guarded.expectRefused('remove-role', input, 'principal', OWN, host);
  // By OAuth nothing hangs on that account.
  expect(await guarded.host.plan('remove-role', input)).toMatchObject({ state: 'open' });
});

const left = async (name: string, input: object): Promise<readonly string[]> =>
  (await guarded.host.plan(name, input)).consequences.filter((one) => one.includes('Super Administrator'));

it('is told from others: how many are left who can sign in', async () => {
  const [one, other] = [guarded.administrator(), guarded.administrator()];
  guarded.org.setStatus(guarded.administrator(), 'LOCKED_OUT');
  const said = ['1 other Super Administrator who can sign in is left.'];
  for (const name of WAYS) expect(await left(name, { account: one })).toEqual(said);
  guarded.administrator();
  expect(await left('suspend-account', { account: other })).toEqual(['2 other Super Administrators who can sign in are left.']);
  guarded.administrator();
  guarded.administrator();
  expect(await left('suspend-account', { account: other })).toEqual(['Other Super Administrators who can sign in are left.']);
  // Whoever is none leaves them all.
  expect(await left('suspend-account', { account: guarded.administrator('REPORT_ADMIN') })).toEqual([]);
  expect(await left('expire-password', { account: one })).toEqual([]);
});

it('is found among many administrators, so that an attack is contained', async () => {
  const suspect = guarded.administrator();
  for (let n = 0; n < 400; n += 1) guarded.administrator('REPORT_ADMIN');
  await guarded.expectRefused('suspend-account', { account: suspect }, 'account', LAST);
  guarded.administrator();
  expect(await left('suspend-account', { account: suspect })).toEqual(['1 other Super Administrator who can sign in is left.']);
}, 60_000);

it('is not said to be the last one where not all were looked at', async () => {
  const last = guarded.administrator();
  for (let n = 0; n < 2_000; n += 1) guarded.administrator('REPORT_ADMIN');
  await expect(guarded.host.plan('suspend-account', { account: last })).rejects.toMatchObject({
    kind: 'config',
    message: expect.stringMatching(/2,000 looks found no other Super Administrator/),
  });
}, 90_000);

it('costs few calls where others are found early', async () => {
  const suspect = guarded.administrator();
  for (let n = 0; n < 3; n += 1) guarded.administrator();
  for (let n = 0; n < 300; n += 1) guarded.administrator('REPORT_ADMIN');
  guarded.simulator.requests.reset();
  await guarded.host.plan('suspend-account', { account: suspect });
  expect(guarded.simulator.requests.byTemplate['/api/v1/users/{userId}/roles']).toBeLessThan(200);
}, 60_000);

describe('a factor', () => {
  const factorOf = (account: string, type: string): string => `${account}|${String(guarded.org.enrolFactor(account, type).id)}`;

  it('stays where it is the only one of the last super administrator', async () => {
    const last = guarded.administrator();
    guarded.org.resetFactors(last);
    const key = factorOf(last, 'sms');
    await guarded.expectRefused('remove-factor', { authenticator: key }, 'authenticator', LAST);
    factorOf(last, 'webauthn');
    expect(await left('remove-factor', { authenticator: key })).toEqual([]);
    guarded.org.resetFactors(last);
    const only = factorOf(last, 'sms');
    guarded.administrator();
    expect(await left('remove-factor', { authenticator: only })).toEqual([
      '1 other Super Administrator who can sign in is left.',
    ]);
  });

  it('of one app goes with the others of it', async () => {
    const last = guarded.administrator();
    guarded.org.resetFactors(last);
    const [push] = [factorOf(last, 'push'), factorOf(last, 'token:software:totp')];
    await guarded.expectRefused('remove-factor', { authenticator: push }, 'authenticator', LAST);
  });

  it('of an account that is no administrator goes, and so does the only one', async () => {
    const { id } = guarded.org.addUser();
    guarded.org.resetFactors(id);
    expect(await guarded.host.plan('remove-factor', { authenticator: factorOf(id, 'sms') })).toMatchObject({ state: 'open' });
  });

  it('stays where it is the only one of whose token this connection has', async () => {
    const { host, owner } = await guarded.byToken();
    guarded.administrator();
    guarded.org.resetFactors(owner);
    await guarded.expectRefused('remove-factor', { authenticator: factorOf(owner, 'sms') }, 'authenticator', OWN, host);
  });
});

describe('a link to an identity provider', () => {
  it.each(['FEDERATION', 'SOCIAL'])(
    'stays where the last super administrator has no password but one there: %s',
    async (type) => {
      const [last, idp] = [guarded.administrator(), guarded.org.addIdp({ name: 'Partner' }).id];
      guarded.org.linkIdpUser(idp, last);
      const input = { identityProvider: idp, account: last };
      expect(await left('unlink-account', input)).toEqual([]);
      guarded.signsInBy(last, type);
      await guarded.expectRefused('unlink-account', input, 'account', LAST);
      guarded.administrator();
      expect(await left('unlink-account', input)).toEqual(['1 other Super Administrator who can sign in is left.']);
    },
  );
});

describe('an identity provider', () => {
  it('stays on where all super administrators who can sign in may come by it', async () => {
    const [idp, one, other] = [guarded.org.addIdp({ name: 'Partner' }).id, guarded.administrator(), guarded.administrator()];
    const input = { identityProvider: idp };
    // Nobody comes by it yet.
    expect(await guarded.host.plan('deactivate-identity-provider', input)).toMatchObject({ state: 'open' });
    guarded.org.linkIdpUser(idp, one);
    expect(await left('deactivate-identity-provider', input)).toEqual(['1 other Super Administrator who can sign in is left.']);
    guarded.org.linkIdpUser(idp, other);
    await guarded.expectRefused(
      'deactivate-identity-provider',
      input,
      'identityProvider',
      /Each Super Administrator .* Partner/,
    );
    const third = guarded.administrator();
    expect(await guarded.host.plan('deactivate-identity-provider', input)).toMatchObject({ state: 'open' });
    guarded.org.setStatus(third, 'LOCKED_OUT');
    await guarded.expectRefused(
      'deactivate-identity-provider',
      input,
      'identityProvider',
      /Each Super Administrator .* Partner/,
    );
  });
});
