import type { ActionGrants } from '@castellan/connector-sdk';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { connector } from '../../src/index.js';
import { ActingHost } from '../support/acting-host.js';
import { TinyHost } from '../support/tiny-host.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 5, groups: 2, apps: 2, events: 5 });
});
afterAll(() => simulator.close());
afterEach(() => simulator.setGrantedScopes(DEFAULT_SCOPES));

const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'networkZones', 'apiTokens'].map((one) => `okta.${one}.manage`);

async function seen(settings: object): Promise<ActionGrants | null | undefined> {
  const host = await ActingHost.of({ ...simulator.config, ...settings });
  return host.with(async (context) => connector.actionGrants?.(context));
}

test('what the token of an action has, and where the rest is granted', async () => {
  simulator.setGrantedScopes([...DEFAULT_SCOPES, 'okta.users.manage', 'okta.idps.manage']);
  expect(await seen({})).toEqual({
    granted: ['okta.users.manage', 'okta.idps.manage'],
    missing: MANAGE.filter((scope) => !/users|idps/.test(scope)),
    where: 'Grant it in Okta: Applications > the app > Okta API Scopes.',
  });
  simulator.setGrantedScopes([...DEFAULT_SCOPES, ...MANAGE]);
  expect(await seen({})).toMatchObject({ granted: MANAGE, missing: [] });
});

test('of an administrator token, and without the switch, nothing is known, and nothing is asked', async () => {
  simulator.requests.reset();
  expect([await seen({ auth: simulator.credentials.apiToken }), await seen({ actions: false })]).toEqual([null, null]);
  expect(simulator.requests.total).toBe(0);
});

test('the connection test has it on its way', async () => {
  simulator.setGrantedScopes([...DEFAULT_SCOPES, 'okta.users.manage']);
  const report = async (settings: object) => (await TinyHost.create({ ...simulator.config, ...settings })).test();
  simulator.requests.reset();
  expect((await report({ actions: true })).actionGrants).toMatchObject({ granted: ['okta.users.manage'] });
  // One for what is read, one for actions.
  expect(simulator.requests.count('/oauth2/v1/token')).toBe(2);
  expect(await report({})).not.toHaveProperty('actionGrants');
});
