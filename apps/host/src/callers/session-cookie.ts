import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

/** `__Host-`: a browser takes it over TLS or from this machine only, for this very host, and no sibling domain can set it. */
const NAME = '__Host-castellan';
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const satisfies CookieOptions;

export function sessionTokenOf(request: Request): string | undefined {
  return cookieOf(request, NAME);
}

export function setSessionCookie(response: Response, token: string, expires: Date): void {
  response.cookie(NAME, token, { ...OPTIONS, expires });
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(NAME, OPTIONS);
}

export function cookieOf(request: Request, name: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : parseCookie(cookie)[name];
}
