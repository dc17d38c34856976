import type { IntegrationDetail, StreamView } from '@castellan/api';
import { clockTime } from '../states/time-words.js';
import { streamList } from './stream-words.js';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The host writes times for programs; people have a clock on the wall. */
export function withClockTimes(text: string, now: number): string {
  return text.replaceAll(INSTANT, (instant) => clockTime(Date.parse(instant), now));
}

/** What one sentence says of some streams. */
export interface StreamSentence {
  readonly streams: readonly string[];
  readonly isFresh: boolean;
  readonly text: string;
}

/**
 * "Accounts, groups and 5 more are fresh. Roles were not read: the provider answered 403. Last read in full at 09:12."
 * Streams that have one reason share a sentence.
 */
export function streamSentences({ streams }: Pick<IntegrationDetail, 'streams'>, now: number): readonly StreamSentence[] {
  const fresh = streams.filter(isFresh).map(({ name }) => name);
  const groups = new Map<string, StreamView[]>();
  for (const stream of streams.filter((one) => !isFresh(one))) {
    const group = groups.get(reasonOf(stream)) ?? [];
    groups.set(reasonOf(stream), [...group, stream]);
  }
  const stale = [...groups].map(([reason, group]) => staleSentence(group, withClockTimes(reason, now), now));
  if (fresh.length === 0) return stale;
  const text = `${streamList(fresh)} ${isOne(fresh) ? 'is' : 'are'} fresh.`;
  return [{ streams: fresh, isFresh: true, text }, ...stale];
}

function isFresh({ state, freshAt, unlistedCount }: StreamView): boolean {
  return (state === 'complete' || (state === 'reading' && freshAt !== null)) && unlistedCount === 0;
}

/** Most streams are named for many things: `group-rules`; a few for one: `activity`. */
function isOne(names: readonly string[]): boolean {
  return names.length === 1 && names[0]?.endsWith('s') !== true;
}

function reasonOf({ error, state, unlisted, unlistedCount }: StreamView): string {
  if (error !== null) return error.message;
  if (unlistedCount > 0) return `${unlistedCount} of its parts could not be listed: ${unlisted[0]?.reason ?? ''}`.trim();
  return state === 'reading' ? 'It is being read.' : 'The sync did not get that far.';
}

function staleSentence(group: readonly StreamView[], reason: string, now: number): StreamSentence {
  const names = group.map(({ name }) => name);
  const was = isOne(names) ? 'was' : 'were';
  const isPartly = group.every(({ state }) => state === 'complete');
  const times = group.flatMap(({ freshAt }) => (freshAt === null ? [] : Date.parse(freshAt)));
  const oldest = times.length === 0 ? undefined : Math.min(...times);
  const since = oldest === undefined || isPartly ? '' : ` Last read in full at ${clockTime(oldest, now)}.`;
  const end = /[.!?]$/.test(reason) ? '' : '.';
  const text = `${streamList(names)} ${was} not read${isPartly ? ' in full' : ''}: ${reason}${end}${since}`;
  return { streams: names, isFresh: false, text };
}
