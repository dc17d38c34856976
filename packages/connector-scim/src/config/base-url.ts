/**
 * Endpoints that every service has below its base URL (RFC 7644, section 3.2), some with an id behind them. What may be the end of a
 * base URL itself (`/users/scim/v2`) is no id.
 */
const ENDPOINT = /(\/((users|groups|schemas|resourcetypes)(\/(?!scim|v\d)[^/]+)?|me|bulk|serviceproviderconfigs?))+$/i;

/** The base for the address of one of its endpoints, which people copy from a manual or from a working call. */
export function withoutEndpoint(path: string): { readonly path: string; readonly why: string } | undefined {
  const end = ENDPOINT.exec(path)?.[0];
  if (end === undefined) return undefined;
  return { path: path.slice(0, -end.length), why: `"${end}" was removed: the base URL is what stands before it.` };
}
