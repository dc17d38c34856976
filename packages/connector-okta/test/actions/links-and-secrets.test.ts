import { edgeKey } from '@castellan/connector-sdk';
import { oauthClient, trialsIn } from '../support/action-trials.js';
import { ActingHost } from '../support/acting-host.js';
import { GuardedOrg } from '../support/guarded-org.js';
import { connector } from '../../src/index.js';

let guarded: GuardedOrg;
beforeEach(async () => {
  guarded = await GuardedOrg.start();
});
afterEach(() => guarded.close());

describe('links to an identity provider', () => {
  it('are not written over: whom it was linked to would be lost', async () => {
    const { org } = guarded;
    const [idp, user] = [org.addIdp({ name: 'Partner' }).id, org.addUser().id];
    org.linkIdpUser(idp, user, 'old@partner.example');
    const input = { identityProvider: idp, account: user, externalId: 'new@partner.example' };
    await guarded.expectRefused('link-account', input, 'externalId', /as old@partner.example\. Unlink it first/);
    expect(org.identityProviders.users(idp).get(user)).toMatchObject({ externalId: 'old@partner.example' });
  });

  it.each([
    ['SAML2', true],
    ['OIDC', false],
  ])('are said to be made again or not (%s)', async (type, isSaid) => {
    const { org, host } = guarded;
    const [idp, user] = [org.addIdp({ name: 'Partner', type }).id, org.addUser().id];
    org.linkIdpUser(idp, user);
    const { consequences } = await host.plan('unlink-account', { identityProvider: idp, account: user });
    expect(consequences.some((one) => one.includes('may be refused'))).toBe(isSaid);
  });
});

describe('client secrets of our own application', () => {
  function ownApp(clientId: string): string {
    const app = guarded.org.addApp({
      label: 'Castellan',
      name: 'oidc_client',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { client_id: clientId } },
      settings: { oauthClient: {} },
    }).id;
    guarded.org.addClientSecret(app);
    return edgeKey(app, guarded.org.addClientSecret(app).id);
  }

  it('stay where the connection proves itself by one, and only there', async () => {
    const { clientSecret, privateKey } = guarded.simulator.credentials;
    const secret = ownApp(clientSecret.clientId);
    await guarded.expectRefused('deactivate-client-secret', { clientSecret: secret }, 'clientSecret', /Castellan itself/);
    const byKey = await ActingHost.of({ domain: guarded.simulator.url, auth: privateKey });
    const unused = ownApp(privateKey.clientId);
    expect(await byKey.plan('deactivate-client-secret', { clientSecret: unused })).toMatchObject({ state: 'open' });
  });

  it('are read to be looked at, which is said', async () => {
    const app = oauthClient(guarded.org);
    guarded.org.addClientSecret(app);
    const { id } = guarded.org.addClientSecret(app);
    const { consequences } = await guarded.host.plan('deactivate-client-secret', { clientSecret: edgeKey(app, id) });
    expect(consequences.join(' ')).toMatch(/has read the secret.*log/);
  });
});

test('what an action is done to is the first that it touches', async () => {
  const trials = trialsIn(guarded.org);
  for (const { name, subject } of connector.actions) {
    const { touches } = await guarded.host.plan(name, trials[name]?.input ?? {});
    expect([name, touches[0]?.kind]).toEqual([name, subject]);
  }
});

test('what is done already has no consequences', async () => {
  const trials = trialsIn(guarded.org);
  for (const { name } of connector.actions) {
    const input = trials[name]?.input ?? {};
    const plan = await guarded.host.plan(name, input);
    await guarded.host.act(name, input, plan.fingerprint);
    const after = await guarded.host.plan(name, input);
    if (after.state === 'done') expect([name, after.consequences]).toEqual([name, []]);
  }
});
