import { ConnectorError, type HttpResponse } from '@castellan/connector-sdk';
import type { OktaClient, OktaRequest } from '../client/okta-client.js';
import { segment } from './parts.js';

/** With statistics Okta sometimes runs into its own time limit; a smaller page is the way out that it recommends. */
const SMALL_PAGE = '50';
/** A time-out of Okta's is not cured by asking the same again. */
const ATTEMPTS_WITH_STATS = 2;

/** A page of groups. Tries smaller, then without statistics: every group counts, while the statistics only save calls. */
export async function fetchGroups(client: OktaClient, request: OktaRequest): Promise<HttpResponse> {
  const withStats = queryOf(request).get('expand') === 'stats';
  if (!withStats) return client.get(request);
  try {
    return await client.get({ ...request, attempts: ATTEMPTS_WITH_STATS });
  } catch (error) {
    if (!isTransient(error)) throw error;
    client.logger.warn('list of groups failed, asking for less', { limit: SMALL_PAGE });
  }
  try {
    return await client.get({ ...withQuery(request, { limit: SMALL_PAGE }), attempts: ATTEMPTS_WITH_STATS });
  } catch (error) {
    if (!isTransient(error)) throw error;
    client.logger.warn('list of groups failed, asking without statistics', { limit: SMALL_PAGE });
  }
  return client.get(withQuery(request, { limit: SMALL_PAGE, expand: undefined }));
}

/** One group; tries with statistics, then without. @returns `undefined` when it is gone. */
export async function findGroup(client: OktaClient, key: string): Promise<HttpResponse | undefined> {
  const url = `/api/v1/groups/${segment(key)}`;
  try {
    return await client.find({ url, query: { expand: 'stats' }, attempts: ATTEMPTS_WITH_STATS });
  } catch (error) {
    if (!isTransient(error)) throw error;
    client.logger.warn('a group could not be read, asking without statistics', { group: key });
  }
  return client.find({ url });
}

function isTransient(error: unknown): boolean {
  return ConnectorError.is(error) && error.kind === 'transient';
}

function queryOf(request: OktaRequest): URLSearchParams {
  return URL.canParse(request.url) ? new URL(request.url).searchParams : new URLSearchParams(request.query);
}

/** The one place where a `next` link is not followed as it is: the link is good, but the page it asks for is too much. */
function withQuery(request: OktaRequest, change: Readonly<Record<string, string | undefined>>): OktaRequest {
  const query = new URLSearchParams(queryOf(request));
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) query.delete(key);
    else query.set(key, value);
  }
  if (!URL.canParse(request.url)) return { ...request, query: Object.fromEntries(query) };
  const url = new URL(request.url);
  url.search = query.toString();
  return { ...request, url: url.href };
}
