import type { Json, JsonObject } from '@castellan/connector-sdk';
import { isObject } from './is-object.js';

export const REDACTED = '[redacted]';

/** Deeper than anything Okta sends; what lies below is dropped rather than walked for ever. */
const DEEPEST = 60;

/** Letters of a name in one piece: `client_secret`, `clientSecret` and `ClientSECRET` are the same name. */
const SECRET_NAME =
  /secret|passw(or)?d|passphrase|passcode|token|apikey|privatekey|secretkey|sharedkey|accesskey|encryptionkey|authkey|signingkey|masterkey|accountkey|hmackey|bearer|clientassertion/;
const SECRET_EXACT: ReadonlySet<string> = new Set(
  'pwd pass pin otp answer credential seed privkey qrcode authorization proxyauthorization'.split(' '),
);
/** Names that are secret by their end: `dbConnectionString`, `X-Auth-Header`, `setCookie`. */
const SECRET_END = /(auth(orization)?header|cookie|connectionstring|connstring)$/;
/** Too short to look for inside of other words: `githubPat`, `ipsec_psk`. */
const SECRET_LAST_WORD: ReadonlySet<string> = new Set(['pat', 'psk']);
/** All that is secret by its name in an event. */
const SECRET_IN_EVENT =
  /^(clientsecret|password|sharedsecret|privatekey|(proxy)?authorization|auth(orization)?header|(set)?cookie|connectionstring|pat|psk|(session|access|refresh)token)$/;

/** A name that ends so tells about a secret without holding it: `token_endpoint_auth_method`, `passwordChanged`. */
const ABOUT_SECRETS: ReadonlySet<string> = new Set(
  `algorithm alg allowed at attribute auth binding changed claim complexity count created date days element enabled endpoint expiration
  expired expires expiry field format header hours id ids issuer leeway length lifetime location lockout max method methods min minutes mode
  name names param parameter policy provider question required reset rotation scheme seconds selector settings source status supported sync
  template type types updated uri url uris urls usage validity window`.split(/\s+/),
);

/** Members of policies and rules. */
const PASSWORD_RULES: ReadonlySet<string> = new Set(['password', 'passwordChange']);

/** Private members of a JWK (RFC 7518, 6.2.2, 6.3.2 and 6.4.1): one letter each, so they count only beside a `kty`. */
const JWK_PRIVATE: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']);

/** Secrets that are recognised wherever they stand: private keys, signed tokens, and addresses with a password in them. */
const SECRET_VALUES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i,
  /[?&](client_secret|access_token|refresh_token|password|token|apikey|api_key|sig)=[^&\s{$]/i,
  /\bSSWS\s+[\w.-]{6,}/,
  /\b(gh[oprsu]_[A-Za-z0-9]{16,}|github_pat_\w{16,})/,
  /\bxox[a-z]-[\w-]{8,}/,
  /\bhooks\.slack(-gov)?\.com\/(services|workflows|triggers)\/\w/i,
];

/**
 * What every name, and every value, that is secret has somewhere in it: one look sends most on their way. A sync looks at some
 * ten million of them. Whatever is added to the tables around must be added here, or it is never looked at.
 */
const NAME_SCREEN =
  /secret|passw|passphrase|passcode|token|key|bearer|clientassertion|(header|cookie|connectionstring|connstring|pat|psk)$|^(pwd|pass|pin|otp|answer|credential|seed|qrcode|authorization|proxyauthorization)$/;
const VALUE_SCREEN = /PRIVATE KEY|eyJ|:\/\/[^@]*@|[?&]|SSWS|gh[oprsu]_|github_pat_|xox|bearer|basic|hooks\./i;
/** Ids and dates, which are half of all: every secret that is known by its form has a blank or a sign in it that these lack. */
const PLAIN_VALUE = /^(?:[A-Za-z0-9]*|[\dTZ:.+-]*)$/;
/** No secret that is known by its form is shorter: `?sig=x`. */
const SHORTEST_VALUE = 6;

/** What a header of HTTP carries. The words are also plain English, so what follows them is looked at. */
const AUTHORIZATION_VALUE = /\b(?:Bearer|Basic)\s+([\w.~+/=-]{8,})/gi;

/**
 * Names that no rule takes for a secret's wherever they stand. One for each run: a sync meets the same few hundred names
 * ten million times.
 */
export class HarmlessNames {
  readonly #known = new Set<string>();

  has(name: string): boolean {
    if (this.#known.has(name)) return true;
    if (mayBeSecret(name)) return false;
    // An organisation with made-up names must not fill the memory.
    if (this.#known.size < 10_000) this.#known.add(name);
    return true;
  }
}

/** Whether it depends on the place. `value` and `kty` make those beside them secret. */
function mayBeSecret(name: string): boolean {
  if (/^(value|kty|__proto__)$/i.test(name)) return true;
  if (!passesScreen(name)) return false;
  const words = wordsOf(name);
  const joined = words.join('');
  const last = words.at(-1) ?? '';
  const tellsOnly = words.length > 1 && ABOUT_SECRETS.has(last);
  return !tellsOnly || SECRET_EXACT.has(joined) || SECRET_END.test(joined) || SECRET_LAST_WORD.has(last);
}

/** Nothing in it is secret: then it need not be copied. What is too deep to be sure of is not. */
function isHarmless(value: unknown, harmless: HarmlessNames, depth: number): boolean {
  if (typeof value === 'string') return redactText(value, 'all') === value;
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item: unknown) => isHarmless(item, harmless, depth + 1));
  for (const name of Object.keys(value)) {
    if (!harmless.has(name) || !isHarmless(Reflect.get(value, name), harmless, depth + 1)) return false;
  }
  return true;
}

/**
 * What Okta sent, without its secrets; the thing itself where it holds none, a copy where it does: IdPs carry the client secret of the other side in the clear, apps
 * their passwords and provisioning tokens, factors the seed of a one-time password. The structure stays, so that a person
 * still sees that there was one. Nulls and booleans stay too: they are not secrets, and `null` says that none is set.
 */
export function redactObject(value: unknown, harmless: HarmlessNames): JsonObject {
  if (!isObject(value)) return {};
  // It came out of JSON, and is not changed by anybody.
  if (isHarmless(value, harmless, 0)) return value as JsonObject;
  return walkObject(value, { ...TOP, mode: 'all' });
}

/**
 * The same for an event of the System Log, by value and by the plainest names only: detections match on its fields, Okta
 * hashes secrets there itself, and ids of tokens are evidence.
 */
export function redactEvent(value: unknown): JsonObject {
  return isObject(value) ? walkObject(value, { ...TOP, mode: 'event' }) : {};
}

/**
 * The same for a policy or a rule: an object named after passwords holds rules about them (`settings.password`, `actions.passwordChange`),
 * and those are what a policy is read for.
 */
export function redactPolicy(value: unknown): JsonObject {
  return isObject(value) ? walkObject(value, { ...TOP, mode: 'policy' }) : {};
}

/** An address, or another text that somebody has typed, with nothing secret in it; the whole is replaced where there is. */
export function redactAddress(text: string): string {
  return redactText(text, 'all');
}

const TOP = { parent: undefined, top: undefined, second: undefined, depth: 0 };

interface Place {
  /** Name of the object that we are in. */
  readonly parent: string | undefined;
  /** The first two names from the top. */
  readonly top: string | undefined;
  readonly second: string | undefined;
  readonly depth: number;
  /** `secret`: the value itself is one. `inside`: it belongs to one, as `hash` does to `password`. */
  readonly mode: 'all' | 'event' | 'policy' | 'secret' | 'inside';
}

function walk(value: unknown, place: Place): Json {
  if (typeof value === 'string') return place.depth > DEEPEST ? REDACTED : redactText(value, place.mode);
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (place.depth > DEEPEST) return REDACTED;
  // A number inside of something secret is a setting (`leeway`, `workFactor`), unless it is the thing itself.
  if (typeof value === 'number') return place.mode === 'secret' ? REDACTED : value;
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, { ...place, depth: place.depth + 1 }));
  return isObject(value) ? walkObject(value, place) : null;
}

function walkObject(value: object, place: Place): JsonObject {
  const isJwk = 'kty' in value;
  const isSecretPair = isNamedAsSecret(value, place);
  const copy: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const ofPair = isSecretPair && /^value$/i.test(name);
    const member: unknown = Reflect.get(value, name);
    const rules = place.mode === 'policy' && isObject(member) && PASSWORD_RULES.has(name);
    const secret = ofPair || (isJwk && JWK_PRIVATE.has(name)) || (!rules && isSecretName(name, place));
    const mode = secret ? 'secret' : modeInside(name, place);
    const copied =
      typeof member === 'string' && place.depth < DEEPEST ? redactText(member, mode) : walk(member, inside(name, place, mode));
    // By assignment a member named `__proto__` would set the prototype and vanish.
    if (name === '__proto__')
      Object.defineProperty(copy, name, { value: copied, enumerable: true, configurable: true, writable: true });
    else copy[name] = copied;
  }
  return copy;
}

function inside(name: string, { depth, top, second }: Place, mode: Place['mode']): Place {
  const isFirst = top === undefined;
  return { parent: name, top: top ?? name, second: isFirst ? undefined : (second ?? name), depth: depth + 1, mode };
}

/** `{ name: 'Authorization', value: ... }`: the value is named by the text beside it. */
function isNamedAsSecret(value: object, place: Place): boolean {
  const names = Object.keys(value);
  if (!names.some((name) => name.length === 5 && name.toLowerCase() === 'value')) return false;
  return names.some((name) => {
    const text: unknown = Reflect.get(value, name);
    return typeof text === 'string' && /^(name|key|header|field)$/i.test(name) && isSecretName(text, place);
  });
}

function modeInside(name: string, { mode }: Place): Place['mode'] {
  if (mode === 'all' || mode === 'event' || mode === 'policy') return mode;
  if (/^(value|code)$/i.test(name)) return 'secret';
  return ABOUT_SECRETS.has(wordsOf(name).at(-1) ?? '') ? 'all' : 'inside';
}

function redactText(value: string, mode: Place['mode']): string {
  if (mode === 'secret' || mode === 'inside') return value === '' ? value : REDACTED;
  if (value.length < SHORTEST_VALUE || PLAIN_VALUE.test(value) || !VALUE_SCREEN.test(value)) return value;
  const isSecret = SECRET_VALUES.some((pattern) => pattern.test(value)) || holdsAuthorization(value);
  return isSecret ? REDACTED : value;
}

function holdsAuthorization(text: string): boolean {
  return [...text.matchAll(AUTHORIZATION_VALUE)].some(([, credential = '']) => isCredential(credential));
}

/** `Basic authentication` is none. Short ones without a digit are when they are `user:password` in Base64. */
function isCredential(text: string): boolean {
  if (/[\d=+_]/.test(text) || text.length >= 24) return true;
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(text, 'base64').toString('latin1'));
}

function isSecretName(name: string, { parent, top, second, mode }: Place): boolean {
  if (!passesScreen(name)) return false;
  const words = wordsOf(name);
  const joined = words.join('');
  if (mode === 'event') return SECRET_IN_EVENT.test(joined);
  // A link is named after what it does (`resetPassword`); only that to a QR code shows the seed itself.
  if (parent === '_links') return name === 'qrcode';
  const last = words.at(-1) ?? '';
  // `protocol.endpoints.token` is where tokens come from, not a token; `..._response_enc` is the name of a cipher.
  const isEndpoint = parent === 'endpoints';
  if (SECRET_EXACT.has(joined)) return !(isEndpoint && joined === 'authorization');
  if (SECRET_END.test(joined) || SECRET_LAST_WORD.has(last)) return true;
  if (isEndpoint || /response(alg|enc)$/.test(joined)) return false;
  if (words.length > 1 && ABOUT_SECRETS.has(last)) return false;
  if (SECRET_NAME.test(joined)) return true;
  // Settings of an app are named by whoever wrote it: a key there (`integrationKey`, `skey`) opens something. So do those of Duo,
  // in an authenticator.
  const opens = (top === 'settings' && second === 'app') || (top === 'provider' && second === 'configuration');
  return opens && last.endsWith('key') && !joined.includes('public');
}

function passesScreen(name: string): boolean {
  // Without what separates its words, since that may stand inside of what we look for: `pass_word`.
  const screened = name.toLowerCase();
  return NAME_SCREEN.test(/^[a-z0-9]*$/.test(screened) ? screened : screened.replace(/[^a-z0-9]+/g, ''));
}

/** `clientSecret` and `client_secret`: `['client', 'secret']`. */
function wordsOf(name: string): readonly string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).filter((word) => word !== '');
}
