import type { JsonObject } from '../json/json.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';

/** `everyone`: the group of everybody, if there is one. */
type Conditions = (plan: GeneratorPlan, everyone: readonly string[]) => JsonObject;

interface RuleBlueprint {
  readonly name: string;
  readonly type: string;
  readonly actions: JsonObject;
  readonly conditions?: Conditions;
}

export interface PolicyBlueprint {
  readonly name: string;
  readonly type: string;
  readonly system?: boolean;
  readonly settings?: JsonObject;
  readonly conditions?: Conditions;
  readonly rules: readonly RuleBlueprint[];
}

const signOn = (name: string, requireFactor: boolean, idleMinutes: number): RuleBlueprint => ({
  name,
  type: 'SIGN_ON',
  actions: {
    signon: {
      access: 'ALLOW',
      requireFactor,
      ...(requireFactor ? { factorPromptMode: 'ALWAYS', rememberDeviceByDefault: false, factorLifetime: 15 } : {}),
      session: { usePersistentCookie: false, maxSessionIdleMinutes: idleMinutes, maxSessionLifetimeMinutes: 1440 },
    },
  },
});

const access = (name: string, factorMode: '1FA' | '2FA'): RuleBlueprint => ({
  name,
  type: 'ACCESS_POLICY',
  actions: {
    appSignOn: {
      access: 'ALLOW',
      verificationMethod: { factorMode, type: 'ASSURANCE', reauthenticateIn: 'PT2H', constraints: [] },
    },
  },
});

const passwordRule: RuleBlueprint = {
  name: 'Default rule',
  type: 'PASSWORD',
  actions: {
    passwordChange: { access: 'ALLOW' },
    selfServicePasswordReset: { access: 'ALLOW' },
    selfServiceUnlock: { access: 'DENY' },
  },
};

const recoveryBy = (...active: readonly string[]): JsonObject => {
  const factors = ['recovery_question', 'okta_email', 'okta_sms', 'okta_call'].map((factor) => [
    factor,
    { status: active.includes(factor) ? 'ACTIVE' : 'INACTIVE' },
  ]);
  return { factors: Object.fromEntries(factors) };
};

const strictPassword: JsonObject = {
  password: {
    complexity: {
      minLength: 14,
      minLowerCase: 1,
      minUpperCase: 1,
      minNumber: 1,
      minSymbol: 1,
      excludeUsername: true,
      dictionary: { common: { exclude: true } },
    },
    age: { maxAgeDays: 60, expireWarnDays: 7, minAgeMinutes: 1440, historyCount: 24 },
    lockout: { maxAttempts: 5, autoUnlockMinutes: 0, showLockoutFailures: false },
  },
  recovery: recoveryBy('okta_email'),
};

const laxPassword: JsonObject = {
  password: {
    complexity: {
      minLength: 8,
      minLowerCase: 1,
      minUpperCase: 1,
      minNumber: 1,
      minSymbol: 0,
      excludeUsername: true,
      dictionary: { common: { exclude: false } },
    },
    age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4 },
    lockout: { maxAttempts: 10, autoUnlockMinutes: 15, showLockoutFailures: false },
  },
  recovery: recoveryBy('recovery_question', 'okta_email', 'okta_sms'),
};

const enrolment = (webauthn: string): JsonObject => ({
  type: 'AUTHENTICATORS',
  authenticators: [
    { key: 'okta_password', enroll: { self: 'REQUIRED' } },
    { key: 'okta_verify', enroll: { self: 'OPTIONAL' } },
    { key: 'webauthn', enroll: { self: webauthn } },
  ],
});

const profileRule: RuleBlueprint = {
  name: 'Catch-all rule',
  type: 'PROFILE_ENROLLMENT',
  actions: {
    profileEnrollment: {
      access: 'DENY',
      preRegistrationInlineHooks: null,
      profileAttributes: [{ label: 'Email', name: 'email', required: true }],
      targetGroupIds: null,
      unknownUserAction: 'DENY',
      activationRequirements: { emailVerification: true },
      uiSchemaId: null,
    },
  },
};

/** Whoever comes from a new place is asked each time, others once for a device, and their session never ends. */
const remoteRules: readonly RuleBlueprint[] = [
  {
    name: 'New place',
    type: 'SIGN_ON',
    actions: {
      signon: {
        access: 'ALLOW',
        requireFactor: true,
        factorPromptMode: 'SESSION',
        rememberDeviceByDefault: false,
        session: { usePersistentCookie: false, maxSessionIdleMinutes: 60, maxSessionLifetimeMinutes: 480 },
      },
    },
    conditions: (plan) => ({
      network: { connection: 'ANYWHERE' },
      risk: { behaviors: [behaviourId(plan, 0), behaviourId(plan, 1)] },
    }),
  },
  {
    name: 'Known place',
    type: 'SIGN_ON',
    actions: {
      signon: {
        access: 'ALLOW',
        requireFactor: true,
        factorPromptMode: 'DEVICE',
        rememberDeviceByDefault: true,
        factorLifetime: 43_200,
        session: { usePersistentCookie: true, maxSessionIdleMinutes: 10_080, maxSessionLifetimeMinutes: 0 },
      },
    },
  },
];

/** A passkey on a managed device, or a chain that ends with one. */
const strictRules: readonly RuleBlueprint[] = [
  {
    name: 'Managed devices',
    type: 'ACCESS_POLICY',
    actions: {
      appSignOn: {
        access: 'ALLOW',
        verificationMethod: {
          factorMode: '2FA',
          type: 'ASSURANCE',
          reauthenticateIn: 'PT0S',
          constraints: [
            {
              possession: {
                required: true,
                deviceBound: 'REQUIRED',
                hardwareProtection: 'REQUIRED',
                phishingResistant: 'REQUIRED',
                userPresence: 'REQUIRED',
              },
            },
          ],
        },
      },
    },
    conditions: () => ({ device: { registered: true, managed: true }, network: { connection: 'ANYWHERE' } }),
  },
  {
    name: 'Catch-all Rule',
    type: 'ACCESS_POLICY',
    actions: {
      appSignOn: {
        access: 'ALLOW',
        verificationMethod: {
          type: 'AUTH_METHOD_CHAIN',
          reauthenticateIn: 'PT12H',
          chains: [
            {
              authenticationMethods: [{ key: 'okta_password', method: 'password' }],
              next: [{ authenticationMethods: [{ key: 'webauthn', method: 'webauthn' }] }],
            },
          ],
        },
      },
    },
  },
];

/** An automation of the console. Its condition is the policy's, its action the rule's. */
const lifecycleRule: RuleBlueprint = {
  name: 'Suspend',
  type: 'USER_LIFECYCLE',
  actions: { updateUserLifecycle: { targetStatus: 'SUSPENDED' } },
};

/** Strong ones beside weak ones: a sign-in without a second factor, a short password, an app that asks for one factor. */
export const POLICIES: readonly PolicyBlueprint[] = [
  { name: 'Administrators sign in', type: 'OKTA_SIGN_ON', rules: [signOn('Always a second factor', true, 15)] },
  { name: 'Default Policy', type: 'OKTA_SIGN_ON', system: true, rules: [signOn('Default Rule', false, 720)] },
  { name: 'Administrators password', type: 'PASSWORD', settings: strictPassword, rules: [passwordRule] },
  { name: 'Default Policy', type: 'PASSWORD', system: true, settings: laxPassword, rules: [passwordRule] },
  {
    name: 'Default Policy',
    type: 'MFA_ENROLL',
    system: true,
    settings: enrolment('OPTIONAL'),
    rules: [{ name: 'Default Rule', type: 'MFA_ENROLL', actions: { enroll: { self: 'CHALLENGE' } } }],
  },
  { name: 'Any two factors', type: 'ACCESS_POLICY', system: true, rules: [access('Catch-all Rule', '2FA')] },
  { name: 'Canteen and the like', type: 'ACCESS_POLICY', rules: [access('Outside', '2FA'), access('Catch-all Rule', '1FA')] },
  {
    name: 'Identity provider routing',
    type: 'IDP_DISCOVERY',
    system: true,
    rules: [{ name: 'Default Rule', type: 'IDP_DISCOVERY', actions: { idp: { providers: [] } } }],
  },
  { name: 'Default Policy', type: 'PROFILE_ENROLLMENT', system: true, rules: [profileRule] },
  {
    name: 'Session protection',
    type: 'POST_AUTH_SESSION',
    system: true,
    rules: [{ name: 'Catch-all Rule', type: 'POST_AUTH_SESSION', actions: { postAuthSession: { failureActions: [] } } }],
  },
  {
    name: 'Entity risk',
    type: 'ENTITY_RISK',
    system: true,
    rules: [{ name: 'Catch-all Rule', type: 'ENTITY_RISK', actions: { entityRisk: { actions: [] } } }],
  },
  { name: 'Remote workers sign in', type: 'OKTA_SIGN_ON', rules: remoteRules },
  { name: 'Money', type: 'ACCESS_POLICY', rules: strictRules },
  {
    name: 'Accounts that nobody uses',
    type: 'USER_LIFECYCLE',
    conditions: (_, everyone) => ({
      people: { users: { inactivity: { number: 90, unit: 'DAYS' } }, groups: { include: everyone } },
    }),
    rules: [lifecycleRule],
  },
];

export const policyId = (plan: GeneratorPlan, index: number): string => makeId('00p', plan.seed, index);

export const behaviourId = (plan: GeneratorPlan, index: number): string => makeId('bhv', plan.seed, index);

/** The policies that an app can have. */
export function accessPolicyIds(plan: GeneratorPlan): readonly string[] {
  return POLICIES.flatMap(({ type }, index) => (type === 'ACCESS_POLICY' ? [policyId(plan, index)] : []));
}
