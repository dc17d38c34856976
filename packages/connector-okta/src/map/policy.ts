import type { JsonObject, Policy, PolicyRule, PolicyScope, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { inactivityHint, inactivityOf } from './inactivity.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { passwordRequirements } from './password-requirements.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactPolicy } from './redact.js';
import { sessionLimits } from './session-limits.js';
import { signInRequirement } from './sign-in-requirement.js';

const EFFECT: Readonly<Record<string, NonNullable<PolicyRule['effect']>>> = {
  ALLOW: 'allow',
  DENY: 'deny',
  CHALLENGE: 'challenge',
};
const FACTOR_MODE: Readonly<Record<string, '1FA' | '2FA'>> = { '1FA': '1FA', '2FA': '2FA' };

/**
 * The hint tells the rules what their policy says for them: see `inactivityHint`.
 * @param asked the type that was asked for: Okta lists policies by type only. `null` when the policy has no id.
 */
export function mapPolicy(value: unknown, asked: string, drift: Drift): SourceRecord<'policy'> | null {
  const policy = ObjectReader.of(value, 'policy', drift, POSTURE_FIELDS.policy);
  const key = policy?.id('id') ?? null;
  if (policy === null || key === null) return null;
  const hint = inactivityHint(policy.child('conditions'));
  return {
    kind: 'policy',
    key,
    partition: asked,
    data: {
      ...scopeOf(policy.child('conditions')),
      name: policy.string('name'),
      type: policy.string('type'),
      status: policy.oneOf<Policy['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: policy.string('status'),
      priority: policy.number('priority'),
      builtIn: policy.boolean('system'),
      description: policy.string('description'),
      password: passwordRequirements(policy.child('settings')),
      createdAt: policy.instant('created'),
      updatedAt: policy.instant('lastUpdated'),
    },
    ...(hint !== undefined && { hint }),
    raw: redactPolicy(value),
  };
}

/**
 * A rule as `GET /policies/{id}/rules` lists it.
 * @param hint of its policy
 */
export function mapPolicyRule(
  value: unknown,
  policy: string,
  drift: Drift,
  hint?: JsonObject,
): SourceRecord<'policy_rule'> | null {
  const rule = ObjectReader.of(value, 'policy rule', drift, POSTURE_FIELDS.policyRule);
  const key = rule?.id('id') ?? null;
  if (rule === null || key === null) return null;
  const conditions = rule.child('conditions');
  const network = conditions.child('network');
  const actions = rule.child('actions');
  return {
    kind: 'policy_rule',
    key,
    partition: policy,
    data: {
      ...scopeOf(conditions),
      policy,
      name: rule.string('name'),
      type: rule.string('type'),
      status: rule.oneOf<PolicyRule['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: rule.string('status'),
      priority: rule.number('priority'),
      builtIn: rule.boolean('system'),
      ...signInOf(actions),
      session: sessionLimits(actions, conditions),
      requirement: signInRequirement(actions, conditions),
      inactivity: inactivityOf(actions, conditions, hint),
      enrolment: actions.child('enroll').string('self'),
      includedZones: network.strings('include'),
      excludedZones: network.strings('exclude'),
      createdAt: rule.instant('created'),
      updatedAt: rule.instant('lastUpdated'),
    },
    raw: redactPolicy(value),
  };
}

function scopeOf(conditions: ObjectReader): PolicyScope {
  const people = conditions.child('people');
  const groups = people.child('groups');
  const users = people.child('users');
  return {
    includedGroups: groups.strings('include'),
    excludedGroups: groups.strings('exclude'),
    includedAccounts: users.strings('include'),
    excludedAccounts: users.strings('exclude'),
  };
}

/** Rules of apps say it with `appSignOn`, rules of the organisation's session with `signon`; others decide something else. */
function signInOf(actions: ObjectReader): Pick<PolicyRule, 'effect' | 'mfaRequired'> {
  if (actions.has('signon')) {
    const session = actions.child('signon');
    return { effect: effectOf(session), mfaRequired: session.boolean('requireFactor') };
  }
  if (!actions.has('appSignOn')) return { effect: null, mfaRequired: null };
  const app = actions.child('appSignOn');
  // A chain of methods (`AUTH_METHOD_CHAIN`) has no such word: one of its steps may be two factors in itself.
  const mode = app.child('verificationMethod').oneOf<'1FA' | '2FA' | 'unknown'>('factorMode', FACTOR_MODE, 'unknown');
  return { effect: effectOf(app), mfaRequired: mode === 'unknown' ? null : mode === '2FA' };
}

function effectOf(action: ObjectReader): PolicyRule['effect'] {
  return action.oneOf<NonNullable<PolicyRule['effect']>>('access', EFFECT, 'unknown');
}
