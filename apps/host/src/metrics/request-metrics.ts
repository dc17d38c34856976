import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Metrics } from './metrics.js';

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The pattern of the route, never the path: paths hold ids, and a scanner would make a label of each of its guesses. */
export function requestMetrics(metrics: Metrics): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const stop = metrics.requestSeconds.startTimer();
    response.once('close', () => {
      const method = METHODS.includes(request.method) ? request.method : 'other';
      stop({ method, route: routeOf(request), status: `${Math.floor(response.statusCode / 100)}xx` });
    });
    next();
  };
}

function routeOf(request: Request): string {
  // Express types it as `any`; it is absent when no route was reached.
  const route: { readonly path?: unknown } | undefined = request.route;
  return typeof route?.path === 'string' ? route.path : 'none';
}
