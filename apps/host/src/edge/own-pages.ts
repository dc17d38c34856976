import type { Request } from 'express';
import { sessionTokenOf } from '../callers/session-cookie.js';
import { Problem } from '../problems/problem.js';
import { originOf } from './asked-host.js';
import { type EdgeRule, isChange } from './edge-rule.js';

/**
 * A browser sends the session along with whatever another site's page asks for. It also says where a request comes from,
 * which no page can forge: `Origin` and `Sec-Fetch-Site`. Programs send neither, and no cookie. A read has an `Origin` only
 * when a script asks, and a script of another site could hold live streams open; a link from another site has none.
 */
export function ownPagesOnly(publicUrl: string | undefined): EdgeRule {
  return (request) => {
    const { origin, host = '' } = request.headers;
    const foreignOrigin = origin !== undefined && origin.toLowerCase() !== originOf(host.toLowerCase(), publicUrl);
    const site = request.headers['sec-fetch-site'];
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (!isChange(request)) {
      const isForeign = foreignOrigin || (foreignSite && isStream(request));
      return isForeign ? refused('Scripts of another site must not ask here.') : undefined;
    }
    if (foreignSite || foreignOrigin) return refused('Another site must not change anything here.');
    const unsaid = site === undefined && origin === undefined;
    return unsaid && sessionTokenOf(request) !== undefined
      ? refused(
          `A change with a session must say its origin. Send the header Origin: ${originOf(host.toLowerCase(), publicUrl)}`,
        )
      : undefined;
  };
}

function isStream({ path }: Request): boolean {
  return /^\/api\/(?:.*\/)?progress$/.test(path);
}

function refused(detail: string): Problem {
  const errors = [{ field: 'Origin', message: detail }];
  return new Problem({ code: 'refused-origin', detail, errors });
}
