import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { TinyHost } from './support/tiny-host.js';

const TOKEN = '/oauth2/v1/token';
const SCOPES = ['okta.users.read', 'okta.groups.read', 'okta.apps.read', 'okta.roles.read', 'okta.idps.read', 'okta.logs.read'];

describe('a second run in the same process', () => {
  let simulator: Simulator;
  afterEach(() => simulator.close());

  const again = async (host: TinyHost): Promise<readonly string[]> => {
    host.completed.clear();
    simulator.requests.reset();
    await host.run(['group-rules']);
    expect(host.stopped).toEqual([]);
    return simulator.requests.recent.map(({ path }) => path.split('?')[0] ?? '');
  };

  it.each(['off', 'required'] as const)('sends its own requests only (DPoP %s)', async (dpop) => {
    simulator = await startSimulator({ users: 5, groups: 12, apps: 1, dpop });
    const host = await TinyHost.create({ domain: simulator.url, auth: simulator.credentials.privateKey });
    await host.run(['group-rules']);
    expect(await again(host)).toEqual(['/api/v1/groups/rules']);
  });

  it('asks for the organisation again after an hour, and for a token when the old one has run out', async () => {
    simulator = await startSimulator({ users: 5, groups: 12, apps: 1 });
    let now = Date.now();
    const host = await TinyHost.create(simulator.config, () => new Date(now));
    await host.run(['group-rules']);
    now += 3_601_000;
    expect(await again(host)).toEqual(['/.well-known/okta-organization', TOKEN, '/api/v1/groups/rules']);
  });

  it('does not begin with a token that was refused', async () => {
    simulator = await startSimulator({ users: 5, groups: 12, apps: 1 });
    const host = await TinyHost.create(simulator.config);
    await host.run(['group-rules']);
    simulator.revokeAccessTokens();
    const refused = await again(host);
    expect(refused.filter((path) => path === TOKEN)).toHaveLength(1);
    expect(await again(host)).toEqual(['/api/v1/groups/rules']);
    // Refused with the new token as well: nothing is kept of it.
    simulator.setFaults([{ kind: 'unauthorized', match: '/api/v1/groups/rules' }]);
    host.completed.clear();
    await host.run(['group-rules']);
    simulator.setFaults([]);
    host.stopped.length = 0;
    expect(await again(host)).toEqual([TOKEN, '/api/v1/groups/rules']);
  });

  it('notices a scope that was granted meanwhile', async () => {
    simulator = await startSimulator({ users: 5, groups: 12, apps: 1, grantedScopes: ['okta.users.read'] });
    const host = await TinyHost.create(simulator.config);
    await host.run(['group-rules']);
    expect(host.stopped).toMatchObject([{ error: { missing: ['okta.groups.read'] } }]);
    host.stopped.length = 0;
    simulator.setGrantedScopes(SCOPES);
    expect(await again(host)).toEqual([TOKEN, '/api/v1/groups/rules']);
  });

  it('is no connection test: that asks anew', async () => {
    simulator = await startSimulator({ users: 5, groups: 12, apps: 1 });
    const host = await TinyHost.create(simulator.config);
    await host.run(['group-rules']);
    simulator.setGrantedScopes(SCOPES.filter((scope) => scope !== 'okta.idps.read'));
    const { checks } = await host.test();
    expect(checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual(['scope okta.idps.read']);
  });
});
