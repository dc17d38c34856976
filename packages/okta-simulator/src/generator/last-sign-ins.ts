import { timeOf } from '../json/json.js';
import type { OktaObject } from '../json/json.js';
import type { Org } from '../org/org.js';

/** Times of the events of a log, which go along with their numbers but for some that are late. */
export interface EventTimes {
  readonly length: number;
  publishedAt(index: number): number;
}

/** How many numbers are looked at for one that is free, of each side. */
const NEAR = 200;
const ENDED: ReadonlySet<unknown> = new Set(['DEPROVISIONED', 'SUSPENDED']);

/**
 * Which event is the last sign-in of whom: everybody whose `lastLogin` lies within the log gets one near it, and `lastLogin` is
 * moved to its second. So the log and the user say the same. Of a short log only every other event can be one, or nothing else
 * would happen in it: who finds no room has signed in before it began.
 * @returns ids of users by number of the event
 */
export function placeLastSignIns(org: Org, times: EventTimes): ReadonlyMap<number, string> {
  const placed = new Map<number, string>();
  if (times.length === 0) return placed;
  const begin = times.publishedAt(0);
  for (const user of org.directory.users.values()) {
    const lastLogin = timeOf(user['lastLogin']);
    if (lastLogin === undefined || lastLogin < begin) continue;
    const index = freeNear(times, placed, user, lastLogin);
    if (index !== undefined) placed.set(index, user.id);
    const moved = index === undefined ? beforeLog(user, begin) : times.publishedAt(index);
    if (moved !== undefined) org.directory.users.set(user.id, { ...user, lastLogin: new Date(secondOf(moved)).toISOString() });
  }
  return placed;
}

/** Okta's users have whole seconds. */
export function secondOf(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

/** Half way from their activation; nobody signs in before it, so that who was activated later keeps what they have. */
function beforeLog(user: OktaObject, begin: number): number | undefined {
  const activated = timeOf(user['activated']) ?? begin;
  return activated < begin ? activated + (begin - activated) / 2 : undefined;
}

/** Before it rather than after it: who was switched off has not signed in since, and nobody had before they were activated. */
function freeNear(
  times: EventTimes,
  placed: ReadonlyMap<number, string>,
  user: OktaObject,
  lastLogin: number,
): number | undefined {
  const [activated, ended] = [timeOf(user['activated']) ?? 0, ENDED.has(user['status'])];
  const middle = firstAfter(times, lastLogin) - 1;
  const isFree = (index: number): boolean => {
    if (index < 0 || index >= times.length || index % 2 !== 0 || placed.has(index)) return false;
    const second = secondOf(times.publishedAt(index));
    return second >= activated && !(ended && second > lastLogin);
  };
  for (let step = 0; step < NEAR; step += 1) {
    if (isFree(middle - step)) return middle - step;
    if (isFree(middle + 1 + step)) return middle + 1 + step;
  }
  return undefined;
}

function firstAfter(times: EventTimes, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times.publishedAt(middle) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
