import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { parsePrivateKey } from '../src/config/private-key.js';
import { connector, makeKeyPair } from '../src/index.js';
import { TinyHost } from './support/tiny-host.js';

describe('a key pair made by us', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 3, groups: 2, apps: 2, dpop: 'required' });
  });
  afterAll(() => simulator.close());

  it.each([
    ['RS256', ['alg', 'e', 'kid', 'kty', 'n', 'use']],
    ['ES256', ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
  ] as const)('%s: signs in at Okta, and the public half is only that', async (algorithm, members) => {
    const { publicJwk, privateKey } = await makeKeyPair(algorithm);
    expect(Object.keys(publicJwk).toSorted()).toEqual(members);
    const parsed = parsePrivateKey(privateKey);
    expect(parsed).toMatchObject({ signing: { algorithm, keyId: publicJwk['kid'] } });
    if ('signing' in parsed && algorithm === 'RS256')
      expect(parsed.signing.key.asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(2048);

    const { clientId } = simulator.credentials.privateKey;
    const host = await TinyHost.create({ domain: simulator.url, auth: { method: 'private_key', clientId, privateKey } });
    const credentialOf = async () => (await host.test()).checks.find(({ name }) => name === 'credential')?.status;
    expect(await credentialOf()).toBe('failed');
    simulator.addClientKey({ ...publicJwk, kid: String(publicJwk['kid']) });
    expect(await credentialOf()).toBe('ok');
    expect(host.logger.text).not.toContain(JSON.parse(privateKey).d);
  });

  it('is another one each time, and says what to do with it in Okta', async () => {
    const [one, two] = await Promise.all([connector.makeKeyPair?.('ES256'), connector.makeKeyPair?.('ES256')]);
    expect(one?.publicJwk['kid']).not.toBe(two?.publicJwk['kid']);
    expect(one?.nextSteps.join(' ')).toMatch(/API Services.*Add key.*Okta API Scopes.*Admin roles/);
  });
});
