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

it('is not said to be the last one where not all were looked at', async () => {
  const last = guarded.administrator();
  for (let n = 0; n < 201; n += 1) guarded.administrator('REPORT_ADMIN');
  await guarded.expectRefused(
    'suspend-account',
    { account: last },
    'account',
    /more than 200 administrators.*could not look at all/,
  );
}, 30_000);

describe('an identity provider', () => {
  it('stays on where all super administrators who can sign in may come by it', async () => {
    const [idp, one, other] = [guarded.org.addIdp({ name: 'Partner' }).id, guarded.administrator(), guarded.administrator()];
    const input = { identityProvider: idp };
    // Nobody comes by it yet.
    expect(await guarded.host.plan('deactivate-identity-provider', input)).toMatchObject({ state: 'open' });
    guarded.org.linkIdpUser(idp, one);
    expect(await guarded.host.plan('deactivate-identity-provider', input)).toMatchObject({ state: 'open' });
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
