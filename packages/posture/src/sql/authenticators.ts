/**
 * Factors that prove little: an attacker who has the mailbox, the telephone number or a search engine has them too. In the words
 * of the providers that connectors know.
 */
const NO_SECOND_FACTOR = ['password', 'question', 'security_question', 'email'];
const WEAK = [...NO_SECOND_FACTOR, 'sms', 'call', 'phone', 'voice'];

const texts = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const active = (x: string): string => `${x}.removed_at IS NULL AND ${x}.status = 'active'`;

/** Whether an authenticator is a second factor at all. `x`: what the statement calls its table. */
export function isSecondFactor(x: string): string {
  return `${active(x)} AND coalesce(lower(${x}.factor_type), '') NOT IN (${texts(NO_SECOND_FACTOR)})`;
}

/** Whether it is one that can be taken by telephone, mail or knowledge alone. */
export function isWeakFactor(x: string): string {
  return `${active(x)} AND coalesce(lower(${x}.factor_type), '') IN (${texts(WEAK.filter((word) => word !== 'password'))})`;
}

/** Whether it is a second factor that cannot. */
export function isStrongFactor(x: string): string {
  return `${active(x)} AND coalesce(lower(${x}.factor_type), '') NOT IN (${texts(WEAK)})`;
}

export function isPhishingResistant(x: string): string {
  return `${active(x)} AND ${x}.phishing_resistant IS TRUE`;
}
