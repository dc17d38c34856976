import type { Request } from 'express';
import { sessionTokenOf } from '../callers/session-cookie.js';
import { Problem } from '../problems/problem.js';
import { originOf } from './asked-host.js';
import { type EdgeRule, isChange } from './edge-rule.js';

/**
 * A browser sends the session along with whatever another site's page asks for. It also says where a request comes from,
 * which no page can forge: `Origin` and `Sec-Fetch-Site`. Programs send neither, and no cookie.
 */
export function ownChangesOnly(publicUrl: string | undefined): EdgeRule {
  return (request) => {
    // A live stream is no change, but lasts: another site's page must not hold it open with somebody's session.
    if (!isChange(request) && !isStream(request)) return undefined;
    const { origin, host = '' } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    const foreignOrigin = origin !== undefined && origin.toLowerCase() !== originOf(host.toLowerCase(), publicUrl);
    if (foreignSite || foreignOrigin) return refused('Another site must not change anything here.');
    const unsaid = site === undefined && origin === undefined && isChange(request);
    return unsaid && sessionTokenOf(request) !== undefined
      ? refused('A change with a session must say its origin.')
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
