import { Drift } from '../src/map/drift.js';
import { mapPolicy, mapPolicyRule } from '../src/map/policy.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
const C = 'CANARY-4711';
beforeEach(() => logger.lines.splice(0));

describe('a policy', () => {
  it('says what it is, and for whom', () => {
    const raw = {
      id: 'p1',
      type: 'PASSWORD',
      name: 'Staff',
      description: 'All staff',
      status: 'ACTIVE',
      priority: 2,
      system: false,
      created: '2026-01-01T00:00:00.000Z',
      lastUpdated: '2026-02-01T00:00:00.000Z',
      conditions: { people: { groups: { include: ['g1'], exclude: ['g2'] }, users: { include: ['u1'], exclude: ['u2'] } } },
      settings: { password: { complexity: { minLength: 12, excludeAttributes: ['firstName'] }, age: { historyCount: 4 } } },
    };
    expect(mapPolicy(raw, 'PASSWORD', drift)).toEqual({
      kind: 'policy',
      key: 'p1',
      partition: 'PASSWORD',
      data: {
        name: 'Staff',
        type: 'PASSWORD',
        status: 'active',
        providerStatus: 'ACTIVE',
        priority: 2,
        builtIn: false,
        description: 'All staff',
        password: {
          minLength: 12,
          minLowerCase: null,
          minUpperCase: null,
          minNumber: null,
          minSymbol: null,
          commonRefused: null,
          loginRefused: null,
          minAgeMinutes: null,
          maxAgeDays: null,
          history: 4,
          maxAttempts: null,
          unlockMinutes: null,
          recovery: [],
        },
        includedGroups: ['g1'],
        excludedGroups: ['g2'],
        includedAccounts: ['u1'],
        excludedAccounts: ['u2'],
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-02-01T00:00:00.000Z',
      },
      raw,
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('keeps its rules about passwords, and no password', () => {
    const rule = { id: 'r', actions: { passwordChange: { access: 'ALLOW' }, password: C, hook: { authToken: C } } };
    const { raw } = mapPolicyRule(rule, 'p', drift) ?? {};
    expect(raw).toMatchObject({ actions: { passwordChange: { access: 'ALLOW' } } });
    expect(JSON.stringify(raw)).not.toContain(C);
  });
});

describe('a rule of a policy', () => {
  const ruleOf = (fields: object) => mapPolicyRule({ id: 'r1', ...fields }, 'p1', drift)?.data;

  it.each<[string, object, unknown, unknown]>([
    ['app, two factors', { appSignOn: { access: 'ALLOW', verificationMethod: { factorMode: '2FA' } } }, 'allow', true],
    ['app, one factor', { appSignOn: { access: 'ALLOW', verificationMethod: { factorMode: '1FA' } } }, 'allow', false],
    ['app, a chain', { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'AUTH_METHOD_CHAIN' } } }, 'allow', null],
    ['app, denied', { appSignOn: { access: 'DENY' } }, 'deny', null],
    ['session, factor', { signon: { access: 'ALLOW', requireFactor: true } }, 'allow', true],
    ['session, none', { signon: { access: 'DENY', requireFactor: false } }, 'deny', false],
    ['session, challenge', { signon: { access: 'CHALLENGE' } }, 'challenge', null],
    ['session, a new word', { signon: { access: 'MAYBE', requireFactor: 'yes' } }, 'unknown', null],
    ['enrolment', { enroll: { self: 'CHALLENGE' } }, null, null],
    ['nothing', {}, null, null],
  ])('%s', (_, actions, effect, mfaRequired) => {
    expect(ruleOf({ actions })).toMatchObject({ effect, mfaRequired });
  });

  it('names its policy, its people and its zones', () => {
    const conditions = {
      people: { users: { exclude: ['u1'] }, groups: { include: ['g1'] } },
      network: { connection: 'ZONE', include: ['z1'], exclude: ['z2'] },
    };
    expect(ruleOf({ name: 'Catch-all', type: 'SIGN_ON', status: 'INACTIVE', priority: 99, system: true, conditions })).toEqual({
      policy: 'p1',
      name: 'Catch-all',
      type: 'SIGN_ON',
      status: 'inactive',
      providerStatus: 'INACTIVE',
      priority: 99,
      builtIn: true,
      effect: null,
      mfaRequired: null,
      session: null,
      requirement: null,
      inactivity: null,
      enrolment: null,
      includedGroups: ['g1'],
      excludedGroups: [],
      includedAccounts: [],
      excludedAccounts: ['u1'],
      includedZones: ['z1'],
      excludedZones: ['z2'],
      createdAt: null,
      updatedAt: null,
    });
  });

  it('takes conditions that are null, which is how Okta writes a rule for everybody', () => {
    expect(ruleOf({ conditions: null, actions: null })).toMatchObject({ includedGroups: [], effect: null });
    expect(logger.notUnderstood()).toEqual([]);
  });
});
