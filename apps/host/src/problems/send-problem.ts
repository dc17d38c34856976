import type { Response } from 'express';
import type { Problem } from './problem.js';

/** Writes the answer, unless one has begun: then only cutting the connection still tells the caller that it is not whole. */
export function sendProblem(response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(problem.retryAfterSeconds));
  response.status(problem.body.status).type('application/problem+json').send(JSON.stringify(problem.body));
}
