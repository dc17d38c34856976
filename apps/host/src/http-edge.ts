import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { jsonOnly } from './input/json-only.js';
import { requestLog } from './logging/request-log.js';
import type { RootLogger } from './logging/root-logger.js';
import { loopbackOnly } from './loopback/loopback-only.js';
import { Problem } from './problems/problem.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { sendProblem } from './problems/send-problem.js';
import { API_PREFIX } from './routes/route-handlers.js';

/** What stands before every route, in this order: log, who may ask, body; and behind them the one shape of errors. */
export function configureEdge(app: NestExpressApplication, logger: RootLogger): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(logger));
  app.use(loopbackOnly);
  app.use(securityHeaders);
  app.use(apiOnly);
  // JSON only: a form of another site can send the other types without asking first.
  app.useBodyParser('json', { limit: '1mb' });
  app.use(jsonOnly);
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalFilters(new ProblemFilter(logger));
}

/** Answers are data of one organisation: kept by no cache, read as nothing but JSON, embedded by no other site. */
function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  next();
}

/** Outside the prefix Nest leaves a request to Express, whose answer is a web page. */
function apiOnly(request: Request, response: Response, next: NextFunction): void {
  if (/^\/api(\/|$)/.test(request.path)) return next();
  sendProblem(response, new Problem({ code: 'not-found', detail: 'The API is below /api.' }));
}
