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
  const way = `Enter scheme and host only, e.g. ${rules.example ?? 'https://acme.example.com'}.`;
  const address = splitAddress(value, way);
  if ('issues' in address) return address;
  const { rest } = address;
  if (rest !== '' && rest !== '/') return issue(`Must end with the host name: remove "${rest.slice(0, 40)}". ${way}`);
  const host = readHost(address, environment, way);
  if ('issues' in host) return host;
  const { url } = host;
  if (host.isAllowed) return { value: url.origin };
  const meant = rules.normalise?.(url.hostname);
  const special = rules.check?.(meant?.host ?? url.hostname);
  if (special !== undefined) return issue(special);
  if (meant === undefined) return { value: url.origin };
  return { value: `https://${meant.host}`, hints: [{ field: '', message: meant.why }] };
}

/** What a connector adds to the general rules of an address with a path. */
export interface UrlRules {
  /**
   * Another path that is meant by the given one (without a slash at its end; empty for none), and why, for the person who typed
   * it; `undefined` keeps the path. Must leave its own results alone: stored settings are validated again before each use.
   */
  readonly normalise?: (path: string) => { readonly path: string; readonly why: string } | undefined;
  /** A good address, for the messages. */
  readonly example?: string;
}

/** One part of a path (RFC 3986, `pchar`). Dots alone lead elsewhere, whoever writes them. */
const PATH_PART = /^(?!(?:\.|%2e){1,2}$)(?:[\w.~!$&'()*+,;=:@-]|%[0-9a-f]{2})+$/i;

/** Reads the address of a service: a host as `parseOrigin` takes it, and a path. Kept without a slash at its end. */
export function parseUrl(value: unknown, environment: ConfigEnvironment, rules: UrlRules = {}): Parsed {
  const way = `Enter an address such as ${rules.example ?? 'https://api.acme.example.com/path'}.`;
  const address = splitAddress(value, way);
  if ('issues' in address) return address;
  const { rest } = address;
  if (/[?#]/.test(rest)) return issue(`Must end with its path: remove everything from "?" or "#" on. ${way}`);
  const path = rest.replace(/\/+$/, '');
  if (
    path !== '' &&
    !path
      .slice(1)
      .split('/')
      .every((part) => PATH_PART.test(part))
  )
    return issue(`Has a path that is none: an empty part, dots alone or odd characters. ${way}`);
  const host = readHost(address, environment, way);
  if ('issues' in host) return host;
  const meant = rules.normalise?.(path);
  const hints = meant === undefined ? {} : { hints: [{ field: '', message: meant.why }] };
  return { value: `${host.url.origin}${meant?.path ?? path}`, ...hints };
}

interface Address {
  readonly scheme: string;
  readonly authority: string;
  /** Path, query and fragment, as typed. */
  readonly rest: string;
}
type Issues = ReturnType<typeof issue>;

function splitAddress(value: unknown, way: string): Address | Issues {
  if (typeof value !== 'string') return issue(`Must be text. ${way}`);
  // Blanks come from copying and are forgiven; a line break never does, and hides what follows it.
  const text = value.replace(/^ +| +$/g, '');
  // Judged on the text and not on the parsed URL: a parser quietly repairs `https:/host`, tabs and backslashes.
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#\\\s]+)(.*)$/is.exec(text);
  const [, scheme = 'https', authority = '', rest = ''] = match ?? [];
  if (match === null || /[\s\\]/.test(text)) return issue(`Is not an address. ${way}`);
  if (authority.includes('@')) return issue(`Must not contain a user name ("@"). ${way}`);
  return { scheme, authority, rest };
}

function readHost(
  { scheme, authority }: Address,
  environment: ConfigEnvironment,
  way: string,
): { readonly url: URL; readonly isAllowed: boolean } | Issues {
  const address = `${scheme}://${authority}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '') return issue(`Is not an address. ${way}`);
  const isAllowed = isAllowedHost(url, environment.allowedHosts ?? []) && /^https?$/i.test(scheme);
  const refused = isAllowed ? undefined : refuse(url, scheme.toLowerCase(), authority.toLowerCase());
  return refused === undefined ? { url, isAllowed } : issue(`${refused} ${way}`);
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
