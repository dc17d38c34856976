import type { HttpClient, HttpFactory, HttpOptions, HttpRequest } from '@castellan/connector-sdk';
import type { OriginSubstitute } from './substitute.js';

/** Called once for each, with what people read. */
export interface SubstituteNotes {
  /** Another address that the connector opens a client for. */
  readonly onOther: (origin: string) => void;
  /** A host that the connector would follow links to, and now does not. */
  readonly onRefused: (host: string) => void;
}

/**
 * A factory whose clients send to `url` whatever is meant for `origin`, links in answers included: they may name the one or the
 * other. Nothing reaches `origin` itself. Other addresses of the connector are reached, or refused, as without it; other hosts for
 * links are none: who would name them is not the provider, and would say where the credential goes.
 */
export function substituting(factory: HttpFactory, substitute: OriginSubstitute, notes: SubstituteNotes): HttpFactory {
  const said = new Set<string>();
  const once = (what: string, say: (what: string) => void): void => {
    if (said.has(what)) return;
    said.add(what);
    say(what);
  };
  const { host } = new URL(substitute.origin);
  return (options) => {
    if (originOf(options.origin) !== substitute.origin) once(options.origin, notes.onOther);
    const own = (options.linkHosts ?? []).filter((one) => hostOf(one) === host);
    for (const one of options.linkHosts ?? []) if (!own.includes(one)) once(one, notes.onRefused);
    return substitutingClient(factory, { ...options, linkHosts: own }, substitute);
  };
}

function substitutingClient(
  factory: HttpFactory,
  options: HttpOptions & Required<Pick<HttpOptions, 'linkHosts'>>,
  { origin, url }: OriginSubstitute,
): HttpClient {
  const isOwn = originOf(options.origin) === origin;
  if (!isOwn && options.linkHosts.length === 0) return factory(options);
  // As the connector asked for it: refuses what it would refuse at the provider.
  const asAsked = factory(options);
  // Links in its answers may name what the connector knows the provider by, and nothing else.
  const substituted = factory({ ...options, origin: url, linkHosts: [origin] });
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
