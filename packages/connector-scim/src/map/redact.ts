import type { Json, JsonObject } from '@castellan/connector-sdk';
import { isObject } from './member.js';

export const REDACTED = '[redacted]';
/** For what is no secret, but large and read by nobody. */
const LEFT_OUT = '[left out]';

/** Deeper than anything that SCIM describes (an attribute has parts, and those have none). */
const DEEPEST = 20;
/** In characters. Photos in the address itself, whole documents. */
const LONGEST_TEXT = 20_000;

/** Letters of a name in one piece: `client_secret` and `clientSecret` are the same name. */
const SECRET_NAME =
  /secret|passw(or)?d|passphrase|passcode|token|apikey|privatekey|accesskey|sharedkey|signingkey|encryptionkey|credential|authorization|cookie|recoverycode/;
const SECRET_EXACT: ReadonlySet<string> = new Set(['pwd', 'pass', 'pin', 'otp', 'seed', 'psk', 'securityanswer', 'answer']);
/** Tells about a secret without holding it: `passwordChangedAt`, `tokenExpires`, `passwordPolicy`. */
const ABOUT_SECRETS =
  /(at|date|time|changed|modified|created|updated|expire[sd]?|expiry|expiration|age|days|count|policy|status|type|enabled|required|reset|method|url|uri|id)$/;
/** Recognised wherever they stand: private keys, signed tokens, headers that carry a credential. */
const SECRET_VALUE = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|\b(?:Bearer|Basic)\s+[\w.~+/=-]{16,}/;

/** Certificates are public, and a kilobyte or two each. */
const BULKY: ReadonlySet<string> = new Set(['x509certificates']);

export interface RawRules {
  /** Attributes that the service's schemas declare as nobody's to see, in lower case. */
  readonly secret: ReadonlySet<string>;
  /** Attributes that other rows hold, in lower case: they change without the resource, and would make it look changed. */
  readonly without: ReadonlySet<string>;
}

/** What the service sent, without its secrets and without what other rows hold. */
export function rawOf(value: unknown, rules: RawRules): JsonObject {
  return isObject(value) ? copyObject(value, rules, [''], 0) : {};
}

/** @param above paths by which a schema may call what stands here, in lower case: `name.`. */
type Above = readonly string[];

function copy(value: unknown, rules: RawRules, above: Above, depth: number): Json {
  if (typeof value === 'string') return SECRET_VALUE.test(value) ? REDACTED : value.length > LONGEST_TEXT ? LEFT_OUT : value;
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (depth >= DEEPEST) return LEFT_OUT;
  if (Array.isArray(value)) return value.map((item: unknown) => copy(item, rules, above, depth + 1));
  return isObject(value) ? copyObject(value, rules, above, depth) : null;
}

function copyObject(value: object, rules: RawRules, above: Above, depth: number): JsonObject {
  const kept: [string, Json][] = [];
  for (const [name, member] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (depth === 0 && rules.without.has(lower)) continue;
    kept.push([name, copyMember(lower, member, rules, above, depth)]);
  }
  // Not by assignment: a member named `__proto__` would set the prototype and vanish.
  return Object.fromEntries(kept);
}

function copyMember(name: string, member: unknown, rules: RawRules, above: Above, depth: number): Json {
  // Attributes of an extension stand inside of its URN, or each behind it: `urn:...:User` or `urn:...:User:department`.
  const isUrn = name.startsWith('urn:');
  const ownName = isUrn ? name.slice(name.lastIndexOf(':') + 1) : name;
  const paths = isUrn ? [ownName] : above.map((path) => `${path}${ownName}`);
  const isSecret = paths.some((path) => rules.secret.has(path)) || isSecretName(ownName);
  // `null` and flags are no secrets, and say whether there is one.
  if (isSecret && member !== null && typeof member !== 'boolean') return REDACTED;
  if (paths.some((path) => BULKY.has(path))) return LEFT_OUT;
  const inside = paths.map((path) => `${path}.`);
  return copy(member, rules, isUrn ? ['', ...inside] : inside, depth + 1);
}

function isSecretName(name: string): boolean {
  const letters = name.replaceAll(/[^a-z0-9]/g, '');
  if (SECRET_EXACT.has(letters)) return true;
  return SECRET_NAME.test(letters) && !ABOUT_SECRETS.test(letters);
}
