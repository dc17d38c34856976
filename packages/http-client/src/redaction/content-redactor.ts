import { REDACTED, Redactor } from './redactor.js';
import { isSecretParameter, soundsSecret } from './secret-names.js';

/** Secrets that are known by their form wherever they stand. */
const SECRET_VALUES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g,
  /\b(?:Bearer|Basic|SSWS|DPoP)\s+[\w.~+/=-]{6,}/gi,
  // Hashes of passwords: modular crypt (bcrypt, argon2, SHA), LDAP, PBKDF2.
  /\$(?:2[abxy]?|argon2\w*|[156]|scrypt|pbkdf2[\w-]*|y)\$[^\s"']{8,}/g,
  /\{(?:S?MD5|S?SHA\d*|CRYPT|PBKDF2[\w-]*|ARGON2\w*)\}[^\s"']+/gi,
  /\b(?:gh[oprsu]_\w{16,}|github_pat_\w{16,}|xox[a-z]-[\w-]{8,})/g,
];
/** `https://user:password@host`. */
const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi;
/** `?name=value` in addresses. */
const QUERY = /([?&])([\w.~-]+)=([^&\s"'<>#]+)/g;
/** `name=value` and `"name": "value"` in what is not JSON. */
const ASSIGNMENT = /([\w.-]+)(["']?\s*[:=]\s*["']?)([^\s"'&;,<>}]+)/g;
/** Private members of a JWK (RFC 7518): one letter each, so they count only beside a `kty`. */
const JWK_PRIVATE: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']);
/** Names beside a `value` that say what it is. */
const NAMING = /^(name|key|header|field)$/i;
/** What an answer to a request for a token may say in the clear. All else that is text in it may be one. */
const TOKEN_ANSWER: ReadonlySet<string> = new Set(
  'token_type scope error error_description error_uri issued_token_type errorCode errorSummary errorId'.split(' '),
);
const DEEPEST = 100;

/**
 * Takes secrets out of what went over the wire, for files that are kept: those that are given, those that are secret by the name
 * of their field, and those that are known by their form. Nothing else is changed and nothing is cut.
 */
export class ContentRedactor {
  readonly #redactor: Redactor;

  constructor(secrets: readonly string[]) {
    this.#redactor = new Redactor(secrets);
  }

  text(text: string): string {
    let clean = this.#redactor.text(text).replace(USER_INFO, `$1${REDACTED}@`);
    clean = clean.replace(QUERY, (whole, sign: string, name: string) =>
      isSecretParameter(name) ? `${sign}${name}=${encodeURIComponent(REDACTED)}` : whole,
    );
    for (const pattern of SECRET_VALUES) clean = clean.replace(pattern, REDACTED);
    return clean;
  }

  /** Text that people read. HTML loses its tags: what a form holds is in their attributes. */
  prose(text: string): string {
    const visible = text.replace(/<(script|style)\b[^]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*(>|$)/g, ' ');
    return this.text(
      visible.replace(ASSIGNMENT, (whole, name: string, between: string) =>
        isSecretParameter(name) ? `${name}${between}${REDACTED}` : whole,
      ),
    );
  }

  /** Parsed JSON. */
  json(value: unknown): unknown {
    return this.#walk(value, false, 0);
  }

  /** Parsed JSON of whoever was asked for a token. */
  tokenAnswer(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return typeof value === 'string' ? REDACTED : this.json(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        this.#walk(item, !TOKEN_ANSWER.has(name) && name !== 'expires_in', 1),
      ]),
    );
  }

  /** @returns the address, still one that can be read as such */
  url(url: URL): string {
    const pairs = url.search
      .slice(1)
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=');
        return isSecretParameter(decoded(name))
          ? `${name}=${encodeURIComponent(REDACTED)}`
          : this.#encoded([name, ...rest].join('='));
      });
    return `${url.origin}${this.#encoded(url.pathname)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
  }

  /** A header's value. Addresses in it lose what they carry. */
  header(name: string, value: string): string {
    if (soundsSecret(name)) return REDACTED;
    const addresses = value.replace(/https?:\/\/[^\s<>"]+/g, (found) =>
      URL.canParse(found) ? this.url(new URL(found)) : REDACTED,
    );
    return this.text(addresses);
  }

  parameter(name: string, value: string): string {
    return isSecretParameter(name) ? REDACTED : this.text(value);
  }

  #encoded(text: string): string {
    return this.text(text).replaceAll(REDACTED, encodeURIComponent(REDACTED));
  }

  #walk(value: unknown, isSecret: boolean, depth: number): unknown {
    if (typeof value === 'string') return isSecret && value !== '' ? REDACTED : this.text(value);
    if (typeof value === 'number' && isSecret) return REDACTED;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return REDACTED;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#walk(item, isSecret, depth + 1));
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
    const isJwk = entries.some(([name]) => name === 'kty');
    const isNamed = entries.some(([name, text]) => NAMING.test(name) && typeof text === 'string' && soundsSecret(text));
    return Object.fromEntries(
      entries.map(([name, item]) => {
        const own = soundsSecret(name) || (isJwk && JWK_PRIVATE.has(name)) || (isNamed && /^value$/i.test(name));
        return [this.text(name), this.#walk(item, isSecret || own, depth + 1)];
      }),
    );
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
