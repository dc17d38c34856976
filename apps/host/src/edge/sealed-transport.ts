import type { Request } from 'express';
import { isLoopbackAddress } from '../settings/parsers.js';
import { Problem } from '../problems/problem.js';
import { addressOf } from './address-of.js';
import { originOf } from './asked-host.js';
import type { EdgeRule } from './edge-rule.js';
import { HEALTH_PATHS } from './plain-path.js';

/**
 * With an https address, all but this machine itself comes through the proxy that ends TLS, and the proxy says so: whoever
 * goes around it sends passwords and keys in clear text, and must not get used to it.
 */
export function sealedTransport(publicUrl: string | undefined): EdgeRule {
  const isSealed = publicUrl?.startsWith('https://') === true;
  return (request) => {
    if (!isSealed || request.protocol === 'https' || isHere(request) || HEALTH_PATHS.has(request.path)) return undefined;
    const detail = `Use ${publicUrl}: this request came over plain http. Change a key or password that it carried. (A proxy that ends TLS must be named in CASTELLAN_TRUSTED_PROXIES and send X-Forwarded-Proto: https.)`;
    return new Problem({ code: 'plain-http', detail });
  };
}

function isHere(request: Request): boolean {
  return originOf((request.headers.host ?? '').toLowerCase(), undefined) !== undefined && isLoopbackAddress(addressOf(request));
}
