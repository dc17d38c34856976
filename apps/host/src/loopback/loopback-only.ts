import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';

/**
 * Until there is sign-in, whoever can speak to the port is the administrator. The socket listens on loopback only; this
 * keeps out web pages: by DNS rebinding (a foreign name in `Host`) and by requests that another site's page sends.
 */
export function loopbackOnly(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  if (!isLoopbackHost(host)) {
    sendProblem(response, refused('Host', 'This host answers on localhost, 127.0.0.1 and [::1] only.'));
    return;
  }
  if (!/^(GET|HEAD|OPTIONS)$/.test(request.method) && isForeign(request, host)) {
    sendProblem(response, refused('Origin', 'Another site must not change anything here.'));
    return;
  }
  next();
}

function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}

/** Programs send neither header; browsers send both, and a page cannot forge them. */
function isForeign(request: Request, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = request.headers;
  return origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
}

function refused(header: string, detail: string): Problem {
  const errors = [{ field: header, message: detail }];
  return new Problem({ code: 'refused-origin', detail, errors });
}
