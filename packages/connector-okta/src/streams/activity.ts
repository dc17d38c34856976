import type { HttpResponse, Json, Page, ReadArgs, SourceRecord, Stale } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { listOf, type OktaClient, type OktaRequest } from '../client/okta-client.js';
import { mapEvent, whyNoEvent } from '../map/activity.js';
import { parseInstant } from '../map/instant.js';
import { REFRESHABLE_STREAMS } from '../refresh/refreshable-streams.js';
import { staleOfAll } from '../refresh/stale-of.js';
import { fieldsOf, type ListCursor, parseListCursor } from './cursors.js';
import { mapItems } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { Paging } from './paging.js';

const LOGS = '/api/v1/logs';
const PAGE_SIZE = '1000';
const DAY_MS = 86_400_000;
/** Okta keeps no more, and refuses to look further back than twice as far. */
const RETENTION_MS = 90 * DAY_MS;
/** How far before the last event a lost position starts again: late events may carry an older time. Doubles are one row. */
const OVERLAP_MS = 3_600_000;

/**
 * `next` is Okta's whole link, in the order in which events were stored; `published` of the latest event is for the day
 * on which Okta does not know the link any more.
 */
type ActivityCursor = ListCursor & { readonly published: string | null };

/**
 * The System Log as a polling query (no `until`): only that one shows every event, late ones too. Okta always sends a
 * `next`, so the end is an empty page, or one that reaches the time at which the run began; a short page says nothing. Its link
 * is where the next run goes on. Source: Okta, "System Log query".
 */
export const activity = oktaStream({
  name: 'activity',
  kind: 'activity',
  requires: ['okta.logs.read'],
  semantics: 'changes',
  parseCursor: (value: Json): ActivityCursor => {
    const published = fieldsOf(value).get('published');
    return { ...parseListCursor(value), published: typeof published === 'string' ? parseInstant(published) : null };
  },
  read: readActivity,
});

async function* readActivity({
  client,
  from,
}: ReadArgs<OktaClient, ActivityCursor>): AsyncGenerator<Page<'activity', ActivityCursor>, void, void> {
  let published = from?.published ?? null;
  let overslept = isPastRetention(client, published);
  // An organisation where much happens has a full page at any time: what came after the start is the next run's.
  const started = client.now().toISOString();
  const paging = await Paging.from(client, from, LOGS);
  for (let calls = 1; ; calls += 1) {
    client.board.expect('activity', { [BUCKETS.logs]: calls });
    const { position } = paging;
    const request = position === undefined ? firstRequest(client, published) : { url: position };
    let response: HttpResponse;
    try {
      response = await client.get(request);
    } catch (error) {
      // The first request then goes back to the time of the last event, so that none is missed.
      paging.restartAfter(error);
      overslept ||= isPastRetention(client, published);
      continue;
    }
    const { items, next } = listOf(response, request.url);
    const page = mapItems(items, (item) => mapEvent(item, client.drift), LOGS, whyNoEvent);
    published = latestOf(page.records, published, client.now().toISOString());
    const stale = overslept ? staleAsAWhole(client) : staleOfAll(page.records);
    overslept = false;
    const through = items.length === 0 || next === undefined || next === position;
    const upToNow = (page.records.at(-1)?.data.published ?? '') >= started;
    const atEnd = through || upToNow;
    const resume = next ?? position;
    if (!atEnd) paging.moveTo(next);
    if (!atEnd) yield { ...page, stale, next: { next, published, restarts: paging.restarts } };
    // A run that begins at this position may go astray as often as any other.
    else
      yield {
        ...page,
        stale,
        next: null,
        ...(resume !== undefined && { resumeFrom: { next: resume, published, restarts: 0 } }),
      };
    if (atEnd) return;
  }
}

function isPastRetention(client: OktaClient, published: string | null): boolean {
  return published !== null && Date.parse(published) < client.now().getTime() - RETENTION_MS;
}

/** Events have aged out unread, so that nobody knows what has changed. The page's own events are older than this. */
function staleAsAWhole({ now, logger }: OktaClient): readonly Stale[] {
  logger.warn('the System Log does not reach back to the last run, everything is listed again', {
    days: RETENTION_MS / DAY_MS,
  });
  const at = now().toISOString();
  return REFRESHABLE_STREAMS.map((stream) => ({ stream, at }));
}

/** An event whose time lies ahead is not counted: to go on from there would pass over all that comes before. */
function latestOf(records: readonly SourceRecord<'activity'>[], before: string | null, now: string): string | null {
  let latest = before;
  for (const { data } of records)
    if (data.published <= now && (latest === null || data.published > latest)) latest = data.published;
  return latest;
}

function firstRequest(client: OktaClient, published: string | null): OktaRequest {
  // From midnight (UTC): a first run that is cut and begun again must not lose the events that have aged out in between.
  const oldest = (Math.floor(client.now().getTime() / DAY_MS) - client.config.activityDays) * DAY_MS;
  const since =
    published === null ? oldest : Math.max(Date.parse(published) - OVERLAP_MS, client.now().getTime() - RETENTION_MS);
  return { url: LOGS, query: { since: new Date(since).toISOString(), sortOrder: 'ASCENDING', limit: PAGE_SIZE } };
}
