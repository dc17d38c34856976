/** Development only: where the requests for an origin really go, e.g. to a simulator. The connector never notices. */
export class Routes {
  readonly #bases: ReadonlyMap<string, URL>;

  constructor(routes: ReadonlyMap<string, string>) {
    this.#bases = new Map([...routes].map(([origin, base]) => [new URL(origin).origin, new URL(base)]));
  }

  /** Hosts that the guard has to let through: the person who set up the route has named them. */
  get hosts(): readonly string[] {
    return [...this.#bases.values()].map((base) => base.host);
  }

  /** Where a request for `url` goes, and the `host` header that keeps the target believing it is the origin. */
  there(url: URL): { readonly url: URL; readonly host?: string } {
    const base = this.#bases.get(url.origin);
    if (base === undefined) return { url };
    return { url: new URL(`${base.origin}${prefixOf(base)}${url.pathname}${url.search}`), host: url.host };
  }

  /** A link as the origin would have written it, when the route's target has put its own address into it. */
  back(link: string, origin: URL): string {
    const base = this.#bases.get(origin.origin);
    if (base === undefined || !URL.canParse(link)) return link;
    const url = new URL(link);
    if (url.origin !== base.origin && url.origin !== `${base.protocol}//${origin.host}`) return link;
    const prefix = prefixOf(base);
    const path = prefix !== '' && url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
    return `${origin.origin}${path}${url.search}`;
  }
}

function prefixOf(base: URL): string {
  return base.pathname.replace(/\/+$/, '');
}
