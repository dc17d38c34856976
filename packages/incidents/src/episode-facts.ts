import type { JsonObject } from '@castellan/connector-sdk';
import { type FoundEpisode, groupValues, type LogEvent, type Party, readEvent, type RuleFacts } from '@castellan/detection';
import type { EpisodeSubject, Queries } from '@castellan/storage';

/** Of an episode, from its events alone: the same whenever it is asked. */
export interface EpisodeFacts {
  readonly subject: EpisodeSubject;
  readonly session: string | null;
  readonly evidence: JsonObject;
}

/** Of long episodes the first events say what they are. */
const MOST_EVENTS = 200;
const MOST_NAMED = 20;

/** @param told the rule that somebody has written: an episode of a detection is found by one that we have made */
export async function episodeFacts(
  queries: Queries,
  integrationId: string,
  episode: FoundEpisode,
  told: RuleFacts,
): Promise<EpisodeFacts> {
  const { events: own, all } = episode;
  // Of those that lie below it, too: but it is about whom its own events are about.
  const named = [...new Set([...own.slice(0, MOST_EVENTS), ...all])].slice(0, MOST_EVENTS);
  const rows = await queries.query<{ readonly raw: unknown }>(
    `SELECT raw FROM activity WHERE integration_id = $1 AND published BETWEEN $2 AND $3 AND key = ANY ($4::text[])
     ORDER BY published, key`,
    [integrationId, new Date(episode.since), new Date(episode.lastAt), named],
  );
  const events = rows.flatMap(({ raw }): readonly LogEvent[] => {
    const event = readEvent(raw);
    return event === undefined ? [] : [event];
  });
  const isOwn = new Set(own);
  const ownEvents = events.filter(({ id }) => isOwn.has(id));
  const subject = subjectOf(ownEvents);
  return {
    subject,
    session:
      ownEvents.find(({ actor, session }) => session !== undefined && (subject.kind !== 'account' || actor?.id === subject.key))
        ?.session ?? null,
    evidence: evidenceOf(episode, told, events),
  };
}

/** Who it is about: the one who acts; else whom it is all done to; else from where. */
function subjectOf(events: readonly LogEvent[]): EpisodeSubject {
  const [first] = events;
  const actors = distinct(events.flatMap(({ actor }) => (actor === undefined ? [] : [actor])));
  const [actor] = actors;
  if (actors.length === 1 && actor !== undefined && first?.actor !== undefined) return account(actor);
  const shared = first?.targets.find(
    (target) =>
      target.type === 'User' &&
      events.every(({ targets, actor: who }) => who?.id === target.id || targets.some(({ id }) => id === target.id)),
  );
  if (shared !== undefined) return account(shared);
  const addresses = [...new Set(events.map(({ address }) => address))];
  const [address] = addresses;
  if (addresses.length === 1 && address !== undefined) return { kind: 'address', key: address, label: address };
  return { kind: 'organisation', key: 'organisation', label: '' };
}

function account({ id, name }: Party): EpisodeSubject {
  return { kind: 'account', key: id, label: name };
}

function distinct(parties: readonly Party[]): readonly Party[] {
  return [...new Map(parties.map((party) => [party.id, party])).values()];
}

function evidenceOf(episode: FoundEpisode, told: RuleFacts, events: readonly LogEvent[]): JsonObject {
  const { rule, group, all: ids, since, firstAt, lastAt } = episode;
  const own = told.id === rule.id ? groupValues(rule, group) : {};
  const named = (parties: readonly Party[]): JsonObject['parties'] =>
    distinct(parties)
      .slice(0, MOST_NAMED)
      .map(({ id, type, name }) => ({ id, type, name }));
  return {
    title: told.title,
    ...(told.author !== undefined && { author: told.author }),
    events: ids.length,
    // Of what lies below it the first.
    ...(since < firstAt && { since: new Date(since).toISOString() }),
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    group: own,
    types: countsOf(events.map(({ type }) => type)),
    actors: named(events.flatMap(({ actor }) => (actor === undefined ? [] : [actor]))) ?? [],
    targets: named(events.flatMap(({ targets }) => targets)) ?? [],
    addresses: countsOf(events.flatMap(({ address }) => (address === undefined ? [] : [address]))),
  };
}

/** How often each, the most first. */
function countsOf(values: readonly string[]): readonly JsonObject[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(([value, count]) => ({ value, count }));
}
