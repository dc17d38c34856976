import { isIP } from 'node:net';
import type { ConfigEnvironment } from './config-class.js';
import { issue, type Parsed } from './field.js';

/** What a connector adds to the general rules for an address. */
export interface OriginRules {
  /**
   * Another host that is meant by the given one, and why, for the person who typed it; `undefined` keeps the host.
   * Asked before `check`. Must leave its own results alone: stored settings are validated again before each use.
   */
  readonly normalise?: (host: string) => { readonly host: string; readonly why: string } | undefined;
  /** The provider's own rules on top of the general ones: a message when the host is wrong, else `undefined`. */
  readonly check?: (host: string) => string | undefined;
  /** A good address, for the messages. */
  readonly example?: string;
}

/**
 * Reads the address of an organisation: a host name, or `https://` and a host name, nothing behind it.
 * Plain http, IP addresses, ports and local names are for hosts that the operator has allowed by name.
 */
export function parseOrigin(value: unknown, environment: ConfigEnvironment, rules: OriginRules = {}): Parsed {
  const example = `Enter scheme and host only, e.g. ${rules.example ?? 'https://acme.example.com'}.`;
  if (typeof value !== 'string') return issue(`Must be text. ${example}`);
  // Blanks come from copying and are forgiven; a line break never does, and hides what follows it.
  const text = value.replace(/^ +| +$/g, '');
  // Judged on the text and not on the parsed URL: a parser quietly repairs `https:/host`, tabs and backslashes.
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#\\\s]+)(.*)$/is.exec(text);
  const [, scheme = 'https', authority = '', rest = ''] = match ?? [];
  if (match === null || /[\s\\]/.test(text)) return issue(`Is not an address. ${example}`);
  if (authority.includes('@')) return issue(`Must not contain a user name ("@"). ${example}`);
  if (rest !== '' && rest !== '/') return issue(`Must end with the host name: remove "${rest.slice(0, 40)}". ${example}`);
  const address = `${scheme}://${authority}`;
  if (!URL.canParse(address)) return issue(`Is not an address. ${example}`);
  const url = new URL(address);
  if (url.hostname === '') return issue(`Is not an address. ${example}`);
  if (isAllowedHost(url, environment.allowedHosts ?? []) && /^https?$/i.test(scheme)) return { value: url.origin };
  const refused = refuse(url, scheme.toLowerCase(), authority.toLowerCase());
  if (refused !== undefined) return issue(`${refused} ${example}`);
  const meant = rules.normalise?.(url.hostname);
  const special = rules.check?.(meant?.host ?? url.hostname);
  if (special !== undefined) return issue(special);
  if (meant === undefined) return { value: url.origin };
  return { value: `https://${meant.host}`, hints: [{ field: '', message: meant.why }] };
}

/** For whoever runs the host: at home and in tests there are other addresses. */
const UNLESS = 'Other addresses only where CASTELLAN_ALLOW_HOSTS of the host names them.';

function refuse(url: URL, scheme: string, authority: string): string | undefined {
  if (scheme !== 'https') return `Must start with https://, not ${scheme}://.${scheme === 'http' ? ` ${UNLESS}` : ''}`;
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return `Must be a host name, not an IP address. ${UNLESS}`;
  if (url.port !== '' || authority.includes(':')) return `Must not contain a port. ${UNLESS}`;
  // The parser has turned look-alike letters into punycode: what is left differs from what was typed.
  if (url.hostname !== authority) return 'Contains characters that do not belong in a host name.';
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(url.hostname))
    return 'Is not a complete host name.';
  if (/(^|\.)(localhost|local|internal|home\.arpa)$/.test(url.hostname)) return `Is the name of a local machine. ${UNLESS}`;
  return undefined;
}

/** Whether the operator has named this host, for this port or for all ports. */
export function isAllowedHost(url: URL, allowedHosts: readonly string[]): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url.port;
  return allowedHosts.some((entry) => entry.toLowerCase() === host || entry.toLowerCase() === `${host}:${port}`);
}

/** The value of `CASTELLAN_ALLOW_HOSTS`: hosts, separated by commas or white space. */
export function parseAllowedHosts(value: string | undefined): readonly string[] {
  return (value ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}
