import type { NextFunction, Request, Response } from 'express';
import { requestIdOf } from '../edge/request-id.js';
import type { RootLogger } from './root-logger.js';

/** Asked every few seconds, or by the dozen with each page: their lines would bury the others, the set-up token among them. */
const QUIET = /^(\/api)?\/health\/|^\/assets\//;

/** One line a request. The path only: a query string may hold what a person searched for. */
export function requestLog(logger: RootLogger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const { method } = request;
    const path = request.originalUrl.split('?', 1)[0];
    response.on('close', () => {
      const ms = Math.round(performance.now() - started);
      const level = QUIET.test(path ?? '') ? 'debug' : 'info';
      const cut = !response.writableFinished && { cut: true };
      logger[level]({ id: requestIdOf(request), method, path, status: response.statusCode, ms, ...cut }, 'request');
    });
    next();
  };
}
