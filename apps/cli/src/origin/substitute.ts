import { isIP } from 'node:net';

/** Requests for one address of a provider go to another one: to a server on this machine, for a provider with one address for everybody. */
export interface OriginSubstitute {
  /** What the connector asks for, e.g. `https://api.lantern.example`. */
  readonly origin: string;
  /** Where its requests go, e.g. `http://127.0.0.1:4010`. */
  readonly url: string;
}

/** Which of the two is wrong, and how. */
export interface SubstituteProblem {
  readonly part: keyof OriginSubstitute;
  readonly message: string;
}

/** Reads both addresses. Credentials go to `url`: over plain http they stay on this machine. */
export function parseSubstitute(origin: unknown, url: unknown): OriginSubstitute | SubstituteProblem {
  const asked = bareAddress(origin);
  if (asked?.protocol !== 'https:')
    return { part: 'origin', message: 'Must be https:// and a host, nothing behind it, e.g. https://api.acme.example.' };
  const target = bareAddress(url);
  if (target?.protocol !== 'https:' && !(target?.protocol === 'http:' && isLoopback(target.hostname)))
    return {
      part: 'url',
      message: 'Must be http:// and this machine, e.g. http://127.0.0.1:4010, or https:// and a host; nothing behind it.',
    };
  return { origin: asked.origin, url: target.origin };
}

/** Scheme, host and port, and nothing that would be dropped in silence: no path, no query, no user. */
function bareAddress(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const address = new URL(value);
  return address.host !== '' && address.href === `${address.origin}/` ? address : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}
