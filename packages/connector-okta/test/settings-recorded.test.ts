import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mapAccount } from '../src/map/account.js';
import { mapApplication } from '../src/map/application.js';
import { Drift } from '../src/map/drift.js';
import { mapIdentityProvider } from '../src/map/identity-provider.js';
import { mapPolicy, mapPolicyRule } from '../src/map/policy.js';
import { mapSignInMethod } from '../src/map/sign-in-method.js';
import { RecordingLogger } from './support/recording-logger.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/okta-recorded', import.meta.url));

type Recorded = Readonly<Record<string, unknown>>;

function recorded(file: string): readonly Recorded[] {
  const lines = readFileSync(`${FOLDER}/${file}.jsonl`, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { object: Recorded }).object);
}

/** What stands at a path of a recorded object. */
function at(object: unknown, ...path: readonly string[]): unknown {
  let found = object;
  for (const name of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
  return found;
}

// The folder is no part of the project; without it there is nothing to compare.
(existsSync(FOLDER) ? describe : describe.skip)('what real organisations have set', () => {
  const logger = new RecordingLogger();
  const drift = new Drift(logger);
  afterEach(() => expect(logger.notUnderstood()).toEqual([]));

  it('on applications: each that is one is seen to be one', () => {
    for (const app of recorded('apps')) {
      const data = mapApplication(app, drift)?.data;
      const said = (present: unknown, value: unknown): void =>
        expect([app['id'], app['signOnMode'], (value ?? null) !== null]).toEqual([
          app['id'],
          app['signOnMode'],
          (present ?? null) !== null,
        ]);
      said(at(app, 'settings', 'oauthClient'), data?.oauthClient);
      said(at(app, 'credentials', 'oauthClient', 'client_id'), data?.clientId);
      said(at(app, 'credentials', 'scheme'), data?.storedPassword);
      said(at(app, 'settings', 'signOn', 'attributeStatements'), data?.assertion);
      said(at(app, 'universalLogout'), data?.endsSessions);
      expect([at(app, '_links', 'accessPolicy', 'href') ?? null]).toEqual([
        data?.policy === null ? null : expect.stringContaining(`/policies/${data?.policy}`),
      ]);
      expect(data?.signOnMethod).not.toBe('unknown');
      expect(data?.signOnMethod === 'none').toBe(app['signOnMode'] === null);
      const client = data?.oauthClient;
      if (client)
        expect([client.grantTypes, client.type]).toEqual([
          at(app, 'settings', 'oauthClient', 'grant_types'),
          at(app, 'settings', 'oauthClient', 'application_type'),
        ]);
    }
  });

  it('on identity providers: none is of a kind that we do not know', () => {
    for (const idp of recorded('idps')) {
      const trust = mapIdentityProvider(idp, new Map(), drift)?.data.trust;
      const federated = ['SAML2', 'OIDC'].includes(String(idp['type']));
      expect([idp['type'], trust?.category]).toEqual([idp['type'], federated ? 'federation' : 'social']);
      expect(trust).toMatchObject({
        match: 'login',
        linkNotAdministrators: false,
        restoresSuspended: false,
        clockSkewSeconds: 0,
      });
      expect(trust?.subjectFilter).toBe(at(idp, 'policy', 'subject', 'filter'));
      expect(trust?.groups).toEqual(at(idp, 'policy', 'provisioning', 'groups', 'assignments') ?? []);
      expect(trust?.responseSigned ?? null).toBe(idp['type'] === 'SAML2' ? false : null);
    }
  });

  it('on policies and rules', () => {
    for (const policy of recorded('policies')) {
      const password = mapPolicy(policy, String(policy['type']), drift)?.data.password ?? null;
      expect([policy['type'], password?.minLength]).toEqual([
        policy['type'],
        at(policy, 'settings', 'password', 'complexity', 'minLength'),
      ]);
    }
    const times = new Set<unknown>();
    for (const rule of recorded('policy-rules')) {
      const data = mapPolicyRule(rule, 'p', drift)?.data;
      expect(data?.session?.idleMinutes).toBe(at(rule, 'actions', 'signon', 'session', 'maxSessionIdleMinutes'));
      expect(data?.requirement === null).toBe(at(rule, 'actions', 'appSignOn') === undefined);
      if (data?.requirement)
        times.add(
          `${String(at(rule, 'actions', 'appSignOn', 'verificationMethod', 'reauthenticateIn'))} ${data.requirement.again}`,
        );
    }
    expect([...times].toSorted()).toEqual(['PT0S 0', 'PT12H 720', 'PT2H 120', 'undefined 2628000']);
  });

  it('on people and sign-in methods', () => {
    for (const user of recorded('users'))
      expect(mapAccount(user, drift)?.data.recoveryQuestion).toBe(at(user, 'credentials', 'recovery_question') !== undefined);
    for (const authenticator of recorded('authenticators')) {
      const fips = at(authenticator, 'settings', 'compliance', 'fips');
      expect(mapSignInMethod(authenticator, null, drift)?.data.fipsOnly).toBe(fips === undefined ? null : fips === 'REQUIRED');
    }
  });
});
