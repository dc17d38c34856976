import type { HttpClient, HttpFactory, HttpOptions, HttpRequest } from '@castellan/connector-sdk';
import type { OriginSubstitute } from './substitute.js';

/**
 * A factory whose clients send to `url` whatever is meant for `origin`, links in answers included: they may name the one or the
 * other. Nothing reaches `origin` itself. Other addresses are reached, or refused, as without it.
 * @param onOther called once for each other address that the connector opens a client for
 */
export function substituting(
  factory: HttpFactory,
  substitute: OriginSubstitute,
  onOther: (origin: string) => void,
): HttpFactory {
  const others = new Set<string>();
  return (options) => {
    const isOther = originOf(options.origin) !== substitute.origin;
    if (isOther && !others.has(options.origin)) {
      others.add(options.origin);
      onOther(options.origin);
    }
    return substitutingClient(factory, options, substitute);
  };
}

function substitutingClient(factory: HttpFactory, options: HttpOptions, { origin, url }: OriginSubstitute): HttpClient {
  const isOwn = originOf(options.origin) === origin;
  const { host } = new URL(origin);
  if (!isOwn && !options.linkHosts?.some((one) => hostOf(one) === host)) return factory(options);
  // As the connector asked for it: knows the aliases of the provider, and refuses what it would refuse at the provider.
  const asAsked = factory(options);
  // Links in its answers may name what the connector knows the provider by.
  const linkHosts = [...(options.linkHosts ?? []), host, options.origin];
  const substituted = factory({ ...options, origin: url, linkHosts });
  const main = isOwn ? substituted : asAsked;
  return {
    send: (request) => {
      const place = placeAt([origin, url], request, options.origin);
      return place === undefined ? asAsked.send(request) : substituted.send({ ...request, url: `${url}${place}` });
    },
    forecast: (bucket, calls) => main.forecast?.(bucket, calls),
    limitOf: (bucket) => main.limitOf?.(bucket),
  };
}

/** Path and query of a request that leads to one of these addresses. */
function placeAt(origins: readonly string[], { url }: HttpRequest, base: string): string | undefined {
  const target = URL.canParse(url, base) ? new URL(url, base) : undefined;
  // With a user before the host it is no address of the provider: the client refuses it.
  if (target === undefined || target.username !== '' || target.password !== '') return undefined;
  return origins.includes(target.origin) ? `${target.pathname}${target.search}` : undefined;
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

/** Of a link host, which may have a scheme and a port. */
function hostOf(linkHost: string): string | undefined {
  const address = linkHost.includes('://') ? linkHost : `https://${linkHost}`;
  return URL.canParse(address) ? new URL(address).host : undefined;
}
