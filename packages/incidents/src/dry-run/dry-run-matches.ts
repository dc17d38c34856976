import type { DryRunMatch } from '@castellan/api';
import { type FoundEpisode, groupValues, LEVELS, readEvent, type RuleFacts } from '@castellan/detection';
import type { Queries } from '@castellan/storage';

export interface FoundIn {
  readonly integration: { readonly id: string; readonly name: string };
  readonly episode: FoundEpisode;
  /** The rule that somebody has written: an episode of a detection is found by one that we have made. */
  readonly told: RuleFacts;
}

const MOST_MATCHES = 100;

/** The latest of what was found, the newest first. */
export async function matchViews(queries: Queries, found: readonly FoundIn[]): Promise<readonly DryRunMatch[]> {
  const latest = found.toSorted((one, other) => other.episode.firstAt - one.episode.firstAt).slice(0, MOST_MATCHES);
  const actors = await actorsOf(queries, latest);
  return latest.map((one) => {
    const { integration, episode, told } = one;
    const { level, firstAt, all: events, rule, group } = episode;
    return {
      rule: { id: told.id, title: told.title },
      level: LEVELS[level ?? -1] ?? told.level,
      integration: { id: integration.id, name: integration.name },
      at: new Date(firstAt).toISOString(),
      events,
      group: told.id === rule.id ? groupValues(rule, group) : {},
      actor: actors.get(placeOf(one)) ?? null,
    };
  });
}

function placeOf({ integration, episode }: FoundIn): string {
  return `${integration.id} ${episode.key}`;
}

/** Of the first event of each. */
async function actorsOf(queries: Queries, found: readonly FoundIn[]): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.query<{ readonly place: string; readonly raw: unknown }>(
    `SELECT concat(i.id, ' ', a.key) AS place, a.raw FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS i (id, at, key)
       JOIN activity a ON a.integration_id = i.id AND a.published = i.at AND a.key = i.key COLLATE "C"`,
    [
      found.map(({ integration }) => integration.id),
      found.map(({ episode }) => new Date(episode.firstAt)),
      found.map(({ episode }) => episode.key),
    ],
  );
  return new Map(
    rows.flatMap(({ place, raw }) => {
      const actor = readEvent(raw)?.actor;
      return actor === undefined ? [] : [[place, actor.name] as const];
    }),
  );
}
