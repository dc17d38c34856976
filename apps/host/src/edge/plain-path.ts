import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem.js';
import type { EdgeRule } from './edge-rule.js';

/** Asked by supervisors and balancers, also under names without `/api`; they send no credential, and are told of nobody. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/api/health/live', '/api/health/ready']);

/** Before the rules: they know each route by one path. */
export function fullPath(request: Request, _response: Response, next: NextFunction): void {
  // Express routes by `url`; `originalUrl` keeps what was asked for.
  if (HEALTH_PATHS.has(`/api${request.path}`)) request.url = `/api${request.url}`;
  next();
}

/** One route, one path: what a proxy in front or we ourselves might read as another path is none. */
export const plainPath: EdgeRule = (request) => {
  const { path, url } = request;
  if (/^\/api(\/|$)/.test(path) && /^\/[^#]*$/.test(url) && !hasOddSegment(path)) return undefined;
  const isBelow = path.startsWith('/api/');
  const detail = isBelow ? 'There is nothing here: no path has a / at its end, a // or dots alone.' : 'The API is below /api.';
  return new Problem({ code: 'not-found', detail });
};

function hasOddSegment(path: string): boolean {
  return path
    .slice(1)
    .split('/')
    .some((segment) => /^((\.|%2e){1,2}(;|%3b|$)|$)/i.test(segment) || segment.includes('\\'));
}
