import { ConfigError, type HttpRequest, InternalError } from '@castellan/connector-sdk';
import { isAllowedHost } from '@castellan/form-schema';

export interface AddressOptions {
  readonly origin: string;
  readonly linkHosts: readonly string[];
  readonly allowedHosts: readonly string[];
}

/** Knows which addresses a client may speak to, and turns a request into one of them. */
export class AddressBook {
  readonly origin: URL;
  readonly #hosts: ReadonlySet<string>;

  constructor({ origin, linkHosts, allowedHosts }: AddressOptions) {
    if (!URL.canParse(origin))
      throw new InternalError({ message: 'The connector gave an address that is none.', detail: `origin: ${origin}` });
    this.origin = new URL(origin);
    const secure =
      this.origin.protocol === 'https:' || (this.origin.protocol === 'http:' && isAllowedHost(this.origin, allowedHosts));
    if (!secure) throw insecureError(this.origin);
    this.#hosts = new Set([this.origin.host, ...linkHosts.map(linkHost)]);
  }

  /** The absolute URL of a request. `undefined`: it leads to somewhere that this client does not speak to. */
  resolve({ url, query }: HttpRequest): URL | undefined {
    const target = this.follow(url, this.origin);
    if (target === undefined) return undefined;
    for (const [name, value] of Object.entries(query ?? {})) {
      // Not URLSearchParams: it writes a blank as "+", which not every provider reads as a blank.
      target.search += `${target.search === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    }
    return target;
  }

  /** A link found at `base`, when it leads to one of the known hosts. */
  follow(link: string, base: URL): URL | undefined {
    if (!URL.canParse(link, base.href)) return undefined;
    const target = new URL(link, base);
    target.hash = '';
    const secure = target.protocol === 'https:' || target.protocol === this.origin.protocol;
    const known = this.#hosts.has(target.host) && target.username === '' && target.password === '';
    return secure && known ? target : undefined;
  }
}

/** Whoever wrote the address can mend it, and so can the operator; the provider cannot. Which setting it came from is not known here. */
function insecureError({ protocol, host }: URL): ConfigError {
  const unless = protocol === 'http:' ? ' The operator can allow plain http by naming it in CASTELLAN_ALLOW_HOSTS.' : '';
  return new ConfigError({
    message: `${host === '' ? 'The provider' : host} must be reached over https.${unless}`,
    detail: `${protocol}//${host}; CASTELLAN_ALLOW_HOSTS does not name it`,
  });
}

/** `alias.example.com`, with a port or a scheme or without. */
function linkHost(host: string): string {
  const address = host.includes('://') ? host : `https://${host}`;
  return URL.canParse(address) ? new URL(address).host : host;
}

/** The host of a link for a message: never the rest of it, and nothing at all where it cannot be read. */
export function hostOf(link: string, base: string): string {
  const host = URL.canParse(link, base) ? new URL(link, base).host : '';
  return host === '' ? 'an unreadable address' : host;
}
