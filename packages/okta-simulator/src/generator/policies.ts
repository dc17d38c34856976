import type { JsonObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import { rulesOf } from '../org/setting-lists.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore } from './plan.js';

interface RuleBlueprint {
  readonly name: string;
  readonly type: string;
  readonly actions: JsonObject;
}

interface PolicyBlueprint {
  readonly name: string;
  readonly type: string;
  readonly system?: boolean;
  readonly settings?: JsonObject;
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

const passwordSettings = (minLength: number, maxAttempts: number): JsonObject => ({
  password: {
    complexity: { minLength, minLowerCase: 1, minUpperCase: 1, minNumber: 1, minSymbol: 0, excludeUsername: true },
    age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4 },
    lockout: { maxAttempts, autoUnlockMinutes: 0, showLockoutFailures: false },
  },
});

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

/** Strong ones beside weak ones: a sign-in without a second factor, a short password, an app that asks for one factor. */
const BLUEPRINTS: readonly PolicyBlueprint[] = [
  { name: 'Administrators sign in', type: 'OKTA_SIGN_ON', rules: [signOn('Always a second factor', true, 15)] },
  { name: 'Default Policy', type: 'OKTA_SIGN_ON', system: true, rules: [signOn('Default Rule', false, 720)] },
  { name: 'Administrators password', type: 'PASSWORD', settings: passwordSettings(14, 5), rules: [passwordRule] },
  { name: 'Default Policy', type: 'PASSWORD', system: true, settings: passwordSettings(8, 10), rules: [passwordRule] },
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
];

/** Some policies of each usual type, with their rules. */
export function generatePolicies(org: Org, plan: GeneratorPlan): void {
  for (const [index, { name, type, system = false, settings, rules }] of BLUEPRINTS.entries()) {
    const id = makeId('00p', plan.seed, index);
    const self = `${org.links.base}/api/v1/policies/${id}`;
    const times = { created: daysBefore(plan, 900 - index), lastUpdated: daysBefore(plan, 90 + index) };
    const kept = settings ? { settings } : {};
    const links = { self: { href: self }, rules: { href: `${self}/rules` } };
    const status = { status: 'ACTIVE', priority: system ? 99 : 1, system };
    org
      .list('policies')
      .set(id, { id, name, description: name, type, ...status, conditions: null, ...times, ...kept, _links: links });
    for (const [position, rule] of rules.entries()) {
      const ruleId = makeId('0pr', plan.seed, 400_000_000 + index * 10 + position);
      const last = position === rules.length - 1;
      const fields = { status: 'ACTIVE', priority: position + 1, system: system && last, conditions: null, ...times };
      org
        .list(rulesOf(id))
        .set(ruleId, { id: ruleId, ...rule, ...fields, _links: { self: { href: `${self}/rules/${ruleId}` } } });
    }
  }
}
