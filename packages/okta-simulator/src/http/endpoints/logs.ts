import type { FilterGrammar, Predicate } from '../../filter/filter.js';
import type { JsonObject } from '../../json/json.js';
import { timeOf } from '../../json/json.js';
import type { SystemLog } from '../../system-log/system-log.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { OktaError, invalidParameter, invalidSearch } from '../okta-error.js';
import { positionOf, selfUrl, urlAfter } from '../paging.js';
import { compileFilter } from './users.js';

const DAY = 86_400_000;
const RETENTION_DAYS = 90;
const OLDEST_SINCE_DAYS = 180;
const DEFAULT_SINCE_DAYS = 7;

const FILTER: FilterGrammar = {
  attributes: ['*'],
  except: ['published'],
  operators: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'ew', 'co', 'pr'],
};

interface LogQuery {
  readonly since: number;
  readonly until: number | undefined;
  readonly limit: number;
  readonly descending: boolean;
  readonly accept: Predicate;
}

interface LogPage {
  readonly items: readonly JsonObject[];
  readonly last: number;
  readonly more: boolean;
}

function timeParameter(request: EndpointRequest, name: string): number | undefined {
  const text = request.query.get(name);
  if (text === null || text === '') return undefined;
  const time = timeOf(text);
  if (time === undefined) throw invalidParameter(name, 'The date format is invalid.');
  return time;
}

function limitOfLogs(request: EndpointRequest): number {
  const text = request.query.get('limit');
  if (text === null || text === '') return 100;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 0) throw invalidParameter('limit', 'The limit must be between 0 and 1000.');
  return Math.min(limit, 1000);
}

function keywords(q: string): Predicate {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 10 || words.some((word) => word.length > 40)) {
    throw invalidParameter('q', 'At most ten keywords of at most forty characters.');
  }
  return (event) => {
    const text = JSON.stringify(event).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function acceptOf(request: EndpointRequest): Predicate {
  const filter = request.query.get('filter');
  const q = request.query.get('q');
  const byFilter = filter ? compileFilter(filter, FILTER) : () => true;
  const byWords = q ? keywords(q) : () => true;
  return (event) => byFilter(event) && byWords(event);
}

function queryOf(request: EndpointRequest): LogQuery {
  const now = request.org.settings.now().getTime();
  const until = timeParameter(request, 'until');
  const asked = timeParameter(request, 'since');
  if (asked !== undefined && asked < now - OLDEST_SINCE_DAYS * DAY) {
    throw new OktaError(400, 'E0000053', "Invalid date. 'since' is older than 180 days.");
  }
  const since = Math.max(asked ?? (until ?? now) - DEFAULT_SINCE_DAYS * DAY, now - RETENTION_DAYS * DAY);
  const descending = request.query.get('sortOrder')?.toUpperCase() === 'DESCENDING';
  return { since, until, limit: limitOfLogs(request), descending, accept: acceptOf(request) };
}

function listLogs(request: EndpointRequest): Reply {
  const query = queryOf(request);
  const position = positionOf(request, () => invalidSearch('Invalid cursor.'));
  if (typeof position === 'string') throw invalidSearch('Invalid cursor.');
  const { log } = request.org;
  if (query.until !== undefined || query.descending) return boundedReply(request, boundedPage(log, query, position ?? -1));
  const page = pollingPage(log, query, position ?? log.firstSince(query.since) - 1);
  // The next link of a polling query is the checkpoint of the client: it is there even when the page is empty.
  return { status: 200, body: page.items, links: { self: selfUrl(request), next: urlAfter(withoutSince(request), page.last) } };
}

/** `since` and `after` exclude each other: the next link has the cursor alone. */
function withoutSince(request: EndpointRequest): EndpointRequest {
  const query = new URLSearchParams(request.query);
  query.delete('since');
  return { ...request, query };
}

function pollingPage(log: SystemLog, query: LogQuery, after: number): LogPage {
  const items: JsonObject[] = [];
  let last = after;
  for (let index = after + 1; index < log.length && items.length < query.limit; index += 1) {
    last = index;
    const event = log.eventAt(index);
    if (query.accept(event)) items.push(event);
  }
  return { items, last, more: last + 1 < log.length };
}

/** Ordered by `published`. The cursor counts events in that order; late events are not in it, as with Okta. */
function boundedPage(log: SystemLog, query: LogQuery, after: number): LogPage {
  const order = publishedOrder(log, query);
  const items: JsonObject[] = [];
  let last = after;
  for (let rank = after + 1; rank < order.length; rank += 1) {
    const event = log.eventAt(order[rank] ?? 0);
    if (!query.accept(event)) continue;
    if (items.length === query.limit) return { items, last, more: true };
    items.push(event);
    last = rank;
  }
  return { items, last, more: false };
}

function publishedOrder(log: SystemLog, query: LogQuery): readonly number[] {
  const until = query.until ?? Number.POSITIVE_INFINITY;
  const found: { index: number; published: number }[] = [];
  for (let index = 0; index < log.length; index += 1) {
    const published = log.publishedAt(index);
    if (published >= query.since && published < until) found.push({ index, published });
  }
  found.sort((left, right) => left.published - right.published || left.index - right.index);
  if (query.descending) found.reverse();
  return found.map(({ index }) => index);
}

function boundedReply(request: EndpointRequest, page: LogPage): Reply {
  const self = selfUrl(request);
  return { status: 200, body: page.items, links: page.more ? { self, next: urlAfter(request, page.last) } : { self } };
}

export const logEndpoints: readonly Endpoint[] = [{ template: '/api/v1/logs', scopes: ['okta.logs.read'], handle: listLogs }];
