import type { OktaObject, Org } from '@castellan/okta-simulator';
import { text } from './state.js';

/** What is known or lies in a mailbox is no second thing beside the password. */
const NO_SECOND = new Set(['question', 'email']);
/** What comes by telephone, mail or memory can be had by somebody else. */
const WEAK = new Set(['question', 'email', 'sms', 'call']);
/** Bound to the address of the page. */
const RESISTANT = new Set(['webauthn', 'u2f', 'signed_nonce']);
/** Of another vendor, who alone knows. */
const UNSAID = new Set(['web']);

/** Kinds of the factors that somebody could use now. */
export function factorsOf(org: Org, user: OktaObject): readonly string[] {
  return org
    .factorsOf(user.id)
    .filter(({ status }) => status === 'ACTIVE')
    .map((factor) => text(factor, 'factorType'));
}

export const second = (factors: readonly string[]): readonly string[] => factors.filter((type) => !NO_SECOND.has(type));
export const strong = (factors: readonly string[]): readonly string[] => factors.filter((type) => !WEAK.has(type));
export const hasWeak = (factors: readonly string[]): boolean => factors.some((type) => WEAK.has(type));
export const resists = (factors: readonly string[]): boolean => factors.some((type) => RESISTANT.has(type));
export const mayResist = (factors: readonly string[]): boolean =>
  factors.some((type) => RESISTANT.has(type) || UNSAID.has(type));
