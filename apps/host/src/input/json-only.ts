import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';

/**
 * Behind the parser, which leaves alone what is not JSON. That must not pass for a request without a body: defaults would
 * be used in place of what was sent.
 */
export function jsonOnly(request: Request, response: Response, next: NextFunction): void {
  // Only the parser sets a body.
  const parsed: unknown = request.body;
  if (parsed !== undefined || !hasBody(request)) return next();
  sendProblem(response, new Problem({ code: 'unsupported-media-type', detail: 'Send the body as application/json.' }));
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
