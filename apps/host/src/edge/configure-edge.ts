import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import { requestLog } from '../logging/request-log.js';
import type { RootLogger } from '../logging/root-logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { requestMetrics } from '../metrics/request-metrics.js';
import { API_PREFIX, routeHandlers } from '../routes/route-handlers.js';
import { ProblemFilter } from '../problems/problem-filter.js';
import { pages } from '../pages/pages.js';
import type { HostSettings } from '../settings/host-settings.js';
import { askedByOurName } from './asked-host.js';
import { askedToServe } from './asked-to-serve.js';
import { boundedQuery } from './bounded-query.js';
import { rules } from './edge-rule.js';
import { jsonOnly } from './json-only.js';
import type { OpenRequests } from './open-requests.js';
import { ownPagesOnly } from './own-pages.js';
import { fullPath, plainPath } from './plain-path.js';
import { requestId } from './request-id.js';
import { sealedTransport } from './sealed-transport.js';
import { notStored, securityHeaders } from './security-headers.js';

/** Files of rules and lists of threats are as large as they are. */
const LARGE_BODIES = ['rule-files', 'lists', 'dry-run'].map((noun) => `/${API_PREFIX}/detection/${noun}`);

export interface EdgeParts {
  readonly settings: Pick<HostSettings, 'publicUrl' | 'trustedProxies' | 'role'>;
  readonly logger: RootLogger;
  readonly metrics: Metrics;
  readonly openRequests: OpenRequests;
  /** The built web app; `undefined`: the API alone. */
  readonly pagesFolder?: string | undefined;
}

/** What stands before every route, in this order: log, who may ask, body; and behind them the one shape of errors. */
export function configureEdge(app: NestExpressApplication, parts: EdgeParts): void {
  const { settings, logger, metrics, openRequests, pagesFolder } = parts;
  const { publicUrl, trustedProxies, role } = settings;
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', [...trustedProxies]);
  // Keys and values as they stand there: brackets build no objects.
  app.set('query parser', 'simple');
  app.use(requestId, openRequests.count, requestMetrics(metrics), requestLog(logger), fullPath);
  app.use(securityHeaders(publicUrl), notStored);
  const mayAsk = [askedByOurName(publicUrl), sealedTransport(publicUrl)];
  if (pagesFolder !== undefined) app.use(pages(pagesFolder, mayAsk));
  app.use(rules(askedToServe(role), plainPath, ...mayAsk, ownPagesOnly(publicUrl), jsonOnly, boundedQuery));
  // What it has read the next one leaves alone.
  app.use(LARGE_BODIES, json({ limit: '5mb' }));
  app.useBodyParser('json', { limit: '1mb' });
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalFilters(new ProblemFilter(logger, routeHandlers(app.get(ModulesContainer))));
  boundConnections(app);
}

/** A connection that says nothing, or one letter a minute, is closed. */
function boundConnections(app: NestExpressApplication): void {
  const server = app.getHttpServer();
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  // Longer than proxies keep theirs: else one sends a request into a connection that is just being closed.
  server.keepAliveTimeout = 75_000;
  server.maxHeadersCount = 100;
}
