import type { NextFunction, Request, Response } from 'express';
import type { RootLogger } from './root-logger.js';

/** One line a request. The path only: a query string may hold what a person searched for. */
export function requestLog(logger: RootLogger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const { method } = request;
    const path = request.originalUrl.split('?', 1)[0];
    response.on('close', () => {
      const ms = Math.round(performance.now() - started);
      const level = path?.startsWith('/api/health') === true ? 'debug' : 'info';
      logger[level](
        { method, path, status: response.statusCode, ms, ...(!response.writableFinished && { cut: true }) },
        'request',
      );
    });
    next();
  };
}
