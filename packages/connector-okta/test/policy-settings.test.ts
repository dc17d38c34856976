import { Drift } from '../src/map/drift.js';
import { minutesOf } from '../src/map/duration.js';
import { mapPolicy, mapPolicyRule } from '../src/map/policy.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
beforeEach(() => logger.lines.splice(0));

const rule = (fields: object, hint?: { readonly inactiveDays: number | null }) =>
  mapPolicyRule({ id: 'r1', ...fields }, 'p1', drift, hint)?.data;

describe('what a policy asks of passwords', () => {
  it('is all that it says, and the ways to a new one that are switched on', () => {
    const settings = {
      password: {
        complexity: {
          minLength: 15,
          minLowerCase: 1,
          minUpperCase: 2,
          minNumber: 3,
          minSymbol: 4,
          excludeUsername: true,
          dictionary: { common: { exclude: false } },
        },
        age: { maxAgeDays: 60, expireWarnDays: 7, minAgeMinutes: 1440, historyCount: 24 },
        lockout: { maxAttempts: 3, autoUnlockMinutes: 30, showLockoutFailures: true },
      },
      recovery: {
        factors: {
          recovery_question: { status: 'INACTIVE' },
          okta_email: { status: 'ACTIVE', properties: { recoveryToken: { tokenLifetimeMinutes: 60 } } },
          okta_sms: { status: 'ACTIVE' },
          okta_call: { status: 'INACTIVE' },
        },
      },
      delegation: { options: { skipUnlock: false } },
    };
    expect(mapPolicy({ id: 'p1', type: 'PASSWORD', settings }, 'PASSWORD', drift)?.data.password).toEqual({
      minLength: 15,
      minLowerCase: 1,
      minUpperCase: 2,
      minNumber: 3,
      minSymbol: 4,
      commonRefused: false,
      loginRefused: true,
      minAgeMinutes: 1440,
      maxAgeDays: 60,
      history: 24,
      maxAttempts: 3,
      unlockMinutes: 30,
      recovery: ['email', 'sms'],
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('names a way to a new password that it does not know, and says nothing of other policies', () => {
    const settings = { password: {}, recovery: { factors: { okta_owl: { status: 'ACTIVE' } } } };
    expect(mapPolicy({ id: 'p1', settings }, 'PASSWORD', drift)?.data.password?.recovery).toEqual([]);
    expect(logger.notUnderstood()).toEqual(['policy.settings.recovery.factors.okta_owl: unknown field']);
    expect(mapPolicy({ id: 'p1', settings: { type: 'AUTHENTICATORS' } }, 'MFA_ENROLL', drift)?.data.password).toBeNull();
  });
});

describe('what a rule says of the session', () => {
  it.each([
    ['ALWAYS', 'always'],
    ['DEVICE', 'device'],
    ['SESSION', 'session'],
    ['WEEKLY', 'unknown'],
    [undefined, null],
  ])('with the prompt %s: %s', (factorPromptMode, prompt) => {
    const session = { usePersistentCookie: true, maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 0 };
    const actions = { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode, session } };
    expect(rule({ actions, conditions: { risk: { behaviors: ['b1', 'b2'] } } })).toMatchObject({
      session: { idleMinutes: 15, lifetimeMinutes: 0, persistent: true, prompt, behaviours: ['b1', 'b2'] },
      requirement: null,
    });
  });

  it('is nothing in the rules of apps', () => {
    expect(rule({ actions: { appSignOn: { access: 'ALLOW' } } })?.session).toBeNull();
  });
});

describe('what a rule asks of a sign-in to an application', () => {
  const asks = (verificationMethod: object, conditions: object | null = null) =>
    rule({ actions: { appSignOn: { access: 'ALLOW', verificationMethod } }, conditions })?.requirement;
  const assurance = (constraints?: readonly object[], reauthenticateIn: string | undefined = 'PT2H') =>
    asks({ type: 'ASSURANCE', factorMode: '2FA', reauthenticateIn, constraints });
  const resistant = { possession: { required: true, phishingResistant: 'REQUIRED' } };
  const hardware = { possession: { required: true, hardwareProtection: 'REQUIRED', phishingResistant: 'OPTIONAL' } };

  it.each<[string, readonly object[] | undefined, boolean, boolean]>([
    ['no constraint', undefined, false, false],
    ['an empty list', [], false, false],
    ['a constraint of nothing', [{}], false, false],
    ['phishing-resistant', [resistant], true, false],
    ['of hardware', [hardware], false, true],
    ['one or the other: the easier counts', [resistant, hardware], false, false],
    ['not needed', [{ possession: { required: false, phishingResistant: 'REQUIRED' } }], false, false],
    ['passkeys only', [{ possession: { authenticationMethods: [{ key: 'webauthn', method: 'webauthn' }] } }], true, false],
    [
      'passkeys or text messages',
      [
        {
          possession: {
            authenticationMethods: [
              { key: 'webauthn', method: 'webauthn' },
              { key: 'phone_number', method: 'sms' },
            ],
          },
        },
      ],
      false,
      false,
    ],
  ])('%s', (_, constraints, phishingResistant, hardwareProtected) => {
    expect(assurance(constraints)).toEqual({
      phishingResistant,
      hardwareProtected,
      again: 120,
      registeredDevice: false,
      managedDevice: false,
    });
  });

  it('is asked again after the rule’s time, or sooner or later by its parts', () => {
    expect(assurance(undefined, 'PT0S')?.again).toBe(0);
    const knowledge = { reauthenticateIn: 'PT1H' };
    const possession = { reauthenticateIn: 'PT30M' };
    expect(assurance([{ knowledge, possession }])?.again).toBe(30);
    // Of two that will do, the one that asks later.
    expect(assurance([{ knowledge, possession }, { knowledge }])?.again).toBe(60);
    expect(assurance([{ knowledge }, {}])?.again).toBe(120);
    expect(asks({ type: 'ASSURANCE', reauthenticateIn: 'now and then' })?.again).toBeNull();
    expect(logger.notUnderstood()).toEqual([
      'policy rule.actions.appSignOn.verificationMethod.reauthenticateIn: not a duration',
    ]);
  });

  describe('a chain of methods', () => {
    const password = { key: 'okta_password', method: 'password' };
    const passkey = { key: 'webauthn', method: 'webauthn' };
    const verify = { key: 'okta_verify', method: 'push', phishingResistant: 'REQUIRED', hardwareProtection: 'REQUIRED' };
    const otp = { key: 'google_otp', method: 'otp' };
    const chain = (...chains: readonly object[]) => asks({ type: 'AUTH_METHOD_CHAIN', chains, reauthenticateIn: 'PT12H' });

    it('is as good as its best step, and no better than its worst way', () => {
      const strong = { authenticationMethods: [password], next: [{ authenticationMethods: [passkey] }] };
      const weak = { authenticationMethods: [password], next: [{ authenticationMethods: [otp, passkey] }] };
      expect(chain(strong)).toMatchObject({ phishingResistant: true, hardwareProtected: false, again: 720 });
      expect(chain(weak)?.phishingResistant).toBe(false);
      expect(chain(strong, weak)?.phishingResistant).toBe(false);
      expect(chain({ authenticationMethods: [verify] })).toMatchObject({ phishingResistant: true, hardwareProtected: true });
    });

    it('asks again when its first step does', () => {
      const steps = {
        authenticationMethods: [password],
        reauthenticateIn: 'PT43800H',
        next: [{ authenticationMethods: [passkey], reauthenticateIn: 'PT1H' }],
      };
      expect(chain(steps)?.again).toBe(60);
    });

    it('that does not say how it goes says nothing', () => {
      expect(chain()).toMatchObject({ phishingResistant: null, hardwareProtected: null, again: 720 });
    });
  });

  it('the device by its conditions', () => {
    const method = { type: 'ASSURANCE' };
    expect(asks(method, { device: { registered: true, managed: false } })).toMatchObject({
      registeredDevice: true,
      managedDevice: false,
    });
    expect(asks(method, { device: { registered: 'yes' } })?.registeredDevice).toBeNull();
  });

  it('is nothing that we know of where identity is proved elsewhere, and nothing in other rules', () => {
    expect(asks({ type: 'ID_PROOFING', id: 'x' })).toMatchObject({ phishingResistant: null, again: null });
    expect(rule({ actions: { signon: { access: 'ALLOW' } } })?.requirement).toBeNull();
  });
});

describe('what becomes of accounts that nobody uses', () => {
  const actions = (targetStatus: string) => ({ updateUserLifecycle: { targetStatus } });
  const conditions = (number: number, unit: string) => ({ people: { users: { inactivity: { number, unit } } } });
  const after = (days: number | null, outcome: string): object => ({ days, outcome });
  const hintOf = (fields: object) => mapPolicy({ id: 'p1', ...fields }, 'USER_LIFECYCLE', drift)?.hint;

  it.each([
    ['SUSPENDED', 'suspend'],
    ['DEACTIVATED', 'deprovision'],
    ['DEPROVISIONED', 'deprovision'],
    ['DELETED', 'delete'],
    ['PROMOTED', 'unknown'],
  ])('%s: %s', (status, outcome) => {
    expect(rule({ actions: actions(status) }, { inactiveDays: 90 })?.inactivity).toEqual(after(90, outcome));
  });

  it('is said in two places: after how long by the policy, or by the rule itself', () => {
    expect(hintOf({ conditions: conditions(90, 'DAYS') })).toEqual({ inactiveDays: 90 });
    expect(hintOf({ conditions: conditions(2, 'WEEKS') })).toEqual({ inactiveDays: 14 });
    expect(hintOf({ conditions: null })).toBeUndefined();
    const own = { actions: actions('SUSPENDED'), conditions: conditions(35, 'DAYS') };
    expect(rule(own, { inactiveDays: 90 })?.inactivity).toEqual(after(35, 'suspend'));
  });

  it('after a time that is not understood is after one that nobody knows', () => {
    expect(hintOf({ conditions: conditions(2, 'MOONS') })).toEqual({ inactiveDays: null });
    expect(rule({ actions: actions('SUSPENDED') }, { inactiveDays: null })?.inactivity).toEqual(after(null, 'suspend'));
    expect(logger.notUnderstood()).toEqual(['policy.conditions.people.users.inactivity.unit: unknown value']);
  });

  it('is nothing where a rule waits for something else, or only writes to people', () => {
    expect(rule({ actions: actions('SUSPENDED') })?.inactivity).toBeNull();
    expect(rule({ actions: { sendEmail: {} } }, { inactiveDays: 90 })?.inactivity).toBeNull();
  });
});

it('a rule of enrolment says when people are asked', () => {
  expect(rule({ actions: { enroll: { self: 'NEVER' } } })?.enrolment).toBe('NEVER');
});

describe('durations', () => {
  it.each([
    ['PT0S', 0],
    ['PT30M', 30],
    ['PT2H', 120],
    ['PT43800H', 2_628_000],
    ['PT1H30M30S', 90.5],
    ['P1DT1H', 1_500],
    ['P2W', 20_160],
  ])('%s is %d minutes', (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  it.each(['', 'P', 'PT', 'P1DT', 'P1M', '2H', 'PT2H ', `PT${'9'.repeat(400)}H`])('%s is none', (text) => {
    expect(minutesOf(text)).toBeNull();
  });
});
