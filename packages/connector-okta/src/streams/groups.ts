import { ConnectorError, type HttpResponse, type JsonObject, type SourceRecord } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import type { OktaClient, OktaRequest } from '../client/okta-client.js';
import { mapGroup } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { parseListCursor } from './cursors.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { readGroupDelta } from '../refresh/group-delta.js';
import { refreshGroups } from '../refresh/groups.js';

/** With statistics Okta sometimes runs into its own time limit; a smaller page is the way out that it recommends. */
const SMALL_PAGE = '50';
/** A time-out of Okta's is not cured by asking the same again. */
const ATTEMPTS_WITH_STATS = 2;

export const groups = oktaStream({
  name: 'groups',
  kind: 'group',
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'group'>(args, {
      first: { url: '/api/v1/groups', query: { limit: String(PAGE_SIZE.groups), expand: 'stats' } },
      fetch: (request) => fetchGroups(args.client, request),
      map: (item) => mapGroup(item, args.client.drift),
      selection: { what: 'group', keeps: keptBy(args.client) },
      cost: { stream: 'groups', bucket: BUCKETS.groups },
    }),
  refresh: (args) => refreshGroups(args, keptBy(args.client)),
  delta: (args) => readGroupDelta(args, keptBy(args.client)),
});

/** Whether a group is synced, by the settings. */
function keptBy({ selection }: OktaClient): (record: SourceRecord<'group'>) => boolean {
  return ({ data, hint }) => selection.group(data.name, typeIn(hint));
}

function typeIn(hint: JsonObject | undefined): string | null {
  const type = hint?.['type'];
  return typeof type === 'string' ? type : null;
}

/** Tries smaller, then without statistics: every group counts, while the statistics only save calls. */
async function fetchGroups(client: OktaClient, request: OktaRequest): Promise<HttpResponse> {
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
