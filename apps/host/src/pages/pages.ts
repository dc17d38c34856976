import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import sirv from 'sirv';
import { type EdgeRule, rules } from '../edge/edge-rule.js';
import { HEALTH_PATHS } from '../edge/plain-path.js';

/** Where the build of the web app has left a place for the nonce. */
const NONCE = '__CSP_NONCE__';

/**
 * The pages for people, in front of the API: the built files as they are, and for every other path the one HTML page, whose
 * script knows what to show there. Holds no data, so it is for everybody; what it shows it asks the API for.
 * @param folder of the build, with `index.html` and `assets/`
 * @param mayAsk what keeps others out: the same as for the API
 */
export function pages(folder: string, mayAsk: readonly EdgeRule[]): RequestHandler {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const checked = rules(...mayAsk);
  const files = sirv(folder, { etag: true, gzip: true, brotli: true, ignores: false, single: false, setHeaders: cached });
  return (request, response, next) => {
    if (!isForPeople(request)) return next();
    checked(request, response, () => {
      if (request.path !== '/index.html' && isFile(request)) return files(request, response, next);
      show(page, request, response, next);
    });
  };
}

function isForPeople({ method, path }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return !/^\/api(\/|$)/.test(path) && !HEALTH_PATHS.has(`/api${path}`);
}

/** Paths of pages have no dot: their parameters are ids and words. */
function isFile({ path }: Request): boolean {
  return path.includes('.');
}

/** The name of an asset holds a digest of its content: it never changes. */
function cached(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}

function show(page: string, request: Request, response: Response, next: NextFunction): void {
  // A program that mistypes a path of the API must not be told 200.
  if (request.accepts(['json', 'html']) !== 'html') return next();
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', policy(nonce));
  response.vary('accept');
  response.type('html').send(page.replace(NONCE, nonce));
}

/** Own scripts and requests only; the nonce is for the few `<style>` elements that the components make. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
