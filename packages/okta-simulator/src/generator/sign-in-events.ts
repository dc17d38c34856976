import type { OktaObject } from '../json/json.js';
import { textAt, timeOf } from '../json/json.js';
import type { EventDraft, EventParty } from '../system-log/event.js';
import { placeOf, SCRIPT } from './event-place.js';
import type { Random } from './random.js';
import { ODD_SITES } from './words.js';

/** An event without what places it in the log. */
export type Draft = Omit<EventDraft, 'uuid' | 'published'>;
export type Common = Pick<EventDraft, 'actor' | 'agent' | 'place' | 'sessionId'>;

/** Okta's names in `debugData.factor`, by the kind of the factor. */
export const FACTOR_NAMES: Readonly<Record<string, string>> = {
  push: 'OKTA_VERIFY_PUSH',
  signed_nonce: 'SIGNED_NONCE',
  'token:software:totp': 'SOFT_TOKEN',
  webauthn: 'FIDO_WEBAUTHN',
  u2f: 'FIDO_U2F',
  sms: 'SMS_FACTOR',
  call: 'CALL_FACTOR',
  email: 'EMAIL_FACTOR',
  question: 'SECURITY_QUESTION',
};

/** @param factors of the user: one that was enrolled by then is used, the password where there is none. */
export function mfaDraft(common: Common, factors: readonly OktaObject[], published: number, random: Random): Draft {
  const { actor } = common;
  const failed = random.chance(0.05);
  const usable = factors.filter((one) => one['status'] === 'ACTIVE' && (timeOf(one['created']) ?? 0) <= published);
  const factor = usable.length > 0 ? random.pick(usable) : undefined;
  const type = factor && textAt(factor, 'factorType');
  return {
    ...common,
    eventType: 'user.authentication.auth_via_mfa',
    displayMessage: 'Authentication with a factor',
    targets: [actor, factor ? enrolmentParty(factor) : passwordOf(actor)],
    result: failed ? 'FAILURE' : 'SUCCESS',
    ...(failed ? { reason: 'INVALID_CREDENTIALS' } : {}),
    credentialType: factor ? 'OTP' : 'PASSWORD',
    debugData: { factor: factor ? (FACTOR_NAMES[type ?? ''] ?? 'CUSTOM_FACTOR') : 'PASSWORD_AS_FACTOR' },
  };
}

export const enrolmentParty = (factor: OktaObject): EventParty => ({
  id: factor.id,
  type: 'AuthenticatorEnrollment',
  alternateId: 'unknown',
  displayName:
    textAt(factor, 'profile', 'authenticatorName') ??
    textAt(factor, 'profile', 'name') ??
    textAt(factor, 'factorType') ??
    factor.id,
});

/** A password is an enrolment in Identity Engine, though the Factors API lists none. */
export const passwordOf = (actor: EventParty): EventParty => ({
  id: `lae${actor.id.slice(3)}`,
  type: 'AuthenticatorEnrollment',
  alternateId: 'unknown',
  displayName: 'Password',
});

export function failureDraft(common: Common, actor: EventParty, random: Random): Draft {
  const locked = random.chance(0.15);
  return {
    ...common,
    eventType: locked ? 'user.account.lock' : 'user.session.start',
    displayMessage: locked ? 'Account locked' : 'User sign-in failed',
    targets: [actor],
    severity: 'WARN',
    result: 'FAILURE',
    reason: locked ? 'LOCKED_OUT' : 'INVALID_CREDENTIALS',
    riskLevel: 'MEDIUM',
  };
}

export function oddSignIn(common: Common, actor: EventParty, random: Random): Draft {
  const place = { ...placeOf(random.pick(ODD_SITES), random), isProxy: true };
  return {
    ...common,
    place,
    agent: SCRIPT,
    eventType: 'user.session.start',
    displayMessage: 'User signed in',
    targets: [actor],
    severity: 'WARN',
    // Okta takes few sign-ins for a high risk, and hardly one that nothing comes of.
    riskLevel: 'MEDIUM',
    debugData: { behaviors: '{New Geo-Location=POSITIVE, New Device=POSITIVE, New IP=POSITIVE}' },
  };
}
