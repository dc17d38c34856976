import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const ids = new WeakMap<object, string>();

/** Always ours: a caller's own would let him write what he likes into our log. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  response.setHeader('x-request-id', requestIdOf(request));
  next();
}

/** Finds the lines of one request in the log, and the log of one answer. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = randomUUID();
  ids.set(request, id);
  return id;
}
