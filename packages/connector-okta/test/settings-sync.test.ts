import type { RecordKind } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { wantedScopes } from '../src/config/scopes.js';
import { TinyHost } from './support/tiny-host.js';

const STREAMS = [
  'accounts',
  'applications',
  'roles',
  'identity-providers',
  'policies',
  'policy-rules',
  'sign-in-methods',
  'support-access',
  'third-party-administrators',
  'new-programs',
  'administration-console',
];

/** What is set on objects (ADR 38), by kind: fields, and of those that are objects also what is in them. */
const FIELDS: readonly (readonly [kind: RecordKind, field: string, members?: string])[] = [
  ['account', 'userType'],
  ['account', 'secondEmail'],
  ['account', 'mobilePhone'],
  ['account', 'employeeNumber'],
  ['account', 'recoveryQuestion'],
  ['application', 'signOnMethod'],
  ['application', 'clientId'],
  [
    'application',
    'oauthClient',
    'type grantTypes responseTypes authentication redirectUris wildcardRedirects boundTokens proofKey',
  ],
  ['application', 'assertion', 'version signatureAlgorithm digestAlgorithm responseSigned assertionSigned audience address'],
  ['application', 'storedPassword', 'shared chosenBy revealed'],
  ['application', 'selfService'],
  ['application', 'endsSessions'],
  ['application', 'policy'],
  ['role', 'powers'],
  ['role', 'overAdministrators'],
  [
    'identity_provider',
    'trust',
    `category match subjectFilter subjectTemplate linkOnlyGroups linkNotAdministrators restoresDeprovisioned restoresSuspended
    groupAction groups profileSource trustsAuthentication signatureAlgorithm responseSigned clockSkewSeconds revocationChecked`,
  ],
  [
    'policy',
    'password',
    `minLength minLowerCase minUpperCase minNumber minSymbol commonRefused loginRefused minAgeMinutes maxAgeDays history maxAttempts
    unlockMinutes recovery`,
  ],
  ['policy_rule', 'session', 'idleMinutes lifetimeMinutes persistent prompt behaviours'],
  ['policy_rule', 'requirement', 'phishingResistant hardwareProtected again registeredDevice managedDevice'],
  ['policy_rule', 'inactivity', 'days outcome'],
  ['policy_rule', 'enrolment'],
  ['sign_in_method', 'fipsOnly'],
];

describe('a generated organisation', () => {
  let simulator: Simulator;
  let host: TinyHost;
  beforeAll(async () => {
    simulator = await startSimulator({
      users: 120,
      groups: 20,
      apps: 44,
      events: 10,
      grantedScopes: wantedScopes({ posture: true }),
    });
    host = await TinyHost.create({ ...simulator.config, posture: true });
    await host.run(STREAMS);
  });
  afterAll(() => simulator.close());

  const valuesOf = (kind: RecordKind, field: string): readonly unknown[] =>
    host.all(kind).map(({ data }) => new Map<string, unknown>(Object.entries(data)).get(field));
  const isSaid = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== 'unknown';

  it('is read without a stop, and every word of it is understood', () => {
    expect(host.stopped).toEqual([]);
    expect(host.rejected).toEqual([]);
    expect(host.logger.notUnderstood()).toEqual([]);
  });

  it.each(FIELDS.map(([kind, field, members = '']) => [kind, field, members] as const))(
    '%s: says %s',
    (kind, field, members) => {
      const said = valuesOf(kind, field).filter(isSaid);
      expect(said.length).toBeGreaterThan(0);
      for (const member of members.split(/\s+/).filter((name) => name !== '')) {
        const inside = said.map((value) => Reflect.get(Object(value), member) as unknown);
        expect([member, inside.some(isSaid)]).toEqual([member, true]);
        // Each object has the whole shape.
        expect([member, inside.includes(undefined)]).toEqual([member, false]);
      }
    },
  );

  it('says both of what can be so or not', () => {
    const both = (kind: RecordKind, field: string): void =>
      expect([field, new Set(valuesOf(kind, field)).has(true), new Set(valuesOf(kind, field)).has(false)]).toEqual([
        field,
        true,
        true,
      ]);
    both('account', 'recoveryQuestion');
    both('application', 'selfService');
    both('application', 'endsSessions');
    both('role', 'overAdministrators');
  });

  it('agrees with what was set', () => {
    const { org } = simulator;
    const asked = [...org.directory.users.values()].filter((user) => JSON.stringify(user['credentials']).includes('question'));
    expect(valuesOf('account', 'recoveryQuestion').filter((value) => value === true)).toHaveLength(asked.length);
    const weak = [...org.applications.apps.values()].filter((app) => JSON.stringify(app).includes('RSA_SHA1'));
    const found = host.all('application').filter(({ data }) => data.assertion?.signatureAlgorithm === 'RSA_SHA1');
    expect(found.map(({ key }) => key).toSorted()).toEqual(weak.map(({ id }) => id).toSorted());
    expect(weak.length).toBeGreaterThan(0);
    const policies = new Set(host.keys('policy'));
    expect(host.all('application').filter(({ data }) => data.policy === null || !policies.has(data.policy ?? ''))).toEqual([]);
  });

  it('says what holds for everybody', () => {
    const areas = new Map(host.all('org_setting').map(({ key, data }) => [key, data.value]));
    expect(Object.fromEntries(areas)).toEqual({
      support_access: { granted: true, until: expect.stringMatching(/^\d{4}-/) },
      third_party_administrators: { allowed: true },
      new_programs: { superAdministrator: true },
      administration_console: { idleMinutes: 30, lifetimeMinutes: 720 },
    });
  });
});
