import { Problem } from '../problems/problem.js';
import type { EdgeRule } from './edge-rule.js';
import { HEALTH_PATHS } from './plain-path.js';

/** Asked by machines, by address; a balancer does not know our name. None of them answers a browser with anybody's data. */
export const BY_ADDRESS: ReadonlySet<string> = new Set([...HEALTH_PATHS, '/api/metrics']);

/**
 * Keeps out pages that reach us under a name of their own (DNS rebinding): `Host` must be a name that we were given
 * (`CASTELLAN_URL`) or one of this machine.
 */
export function askedByOurName(publicUrl: string | undefined): EdgeRule {
  return (request) => {
    const host = (request.headers.host ?? '').toLowerCase();
    if (BY_ADDRESS.has(request.path) || originOf(host, publicUrl) !== undefined) return undefined;
    const names = ['localhost', '127.0.0.1', '[::1]', ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
    const detail = `This host answers to the names ${names.join(', ')}; CASTELLAN_URL gives it another one.`;
    const errors = [{ field: 'Host', message: detail }];
    return new Problem({ code: 'unknown-host', detail, errors });
  };
}

/** The origin of pages that are served under this `Host`; `undefined`: no name of ours. */
export function originOf(host: string, publicUrl: string | undefined): string | undefined {
  if (publicUrl !== undefined && host === new URL(publicUrl).host) return publicUrl;
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(host) ? `http://${host}` : undefined;
}
