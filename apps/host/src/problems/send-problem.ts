import type { Response } from 'express';
import type { Problem } from './problem.js';

/** Writes the answer, unless one has begun: then only cutting the connection still tells the caller that it is not whole. */
export function sendProblem(response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(problem.retryAfterSeconds));
  if (problem.allow !== undefined) response.setHeader('allow', problem.allow.join(', '));
  response.status(problem.body.status).type('application/problem+json').send(JSON.stringify(problem.body));
}
