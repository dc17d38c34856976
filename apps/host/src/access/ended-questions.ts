import type { Storage } from '@castellan/storage';
import type { NextFunction, Request, Response } from 'express';

/**
 * Ends at the database what a question asks of it: once one statement takes too long, or whoever asked has gone. A large
 * organisation has questions without an end in sight, and each would keep a connection from all others.
 * @param mostMs that one statement may take
 */
export function endedQuestions(
  storage: Storage,
  mostMs: number,
): (request: Request, response: Response, next: NextFunction) => void {
  return (_request, response, next) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    storage.bounded({ mostMs, unwanted: gone.signal }, next);
  };
}
