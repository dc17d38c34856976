import { Random } from '../generator/random.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { attackScenarios } from './attack-scenarios.js';

export interface PlaySettings {
  /** When it begins. Absent: a minute from now, or from the last event where the log is ahead of the clock. */
  readonly at?: Date;
  /** Another seed has other people play. Absent: 1. */
  readonly seed?: number;
}

/**
 * Plays a scenario of `attackScenarios` in the org. Its events stand behind all others of the log, and the time that it takes
 * lies behind `at`, which may be the future. Returns their uuids in order. The same org, name and settings give the same events.
 *
 * @throws Error for a name that there is not, RangeError for an `at` before the last event of the log
 */
export function playScenario(org: Org, name: string, { at, seed = 1 }: PlaySettings = {}): readonly string[] {
  const scenario = attackScenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario "${name}": see the names in attackScenarios`);
  const last = org.log.lastPersisted;
  const begin = at ?? new Date(Math.max(org.settings.now().getTime(), last) + 60_000);
  if (begin.getTime() < last)
    throw new RangeError(`the log goes on until ${new Date(last).toISOString()}: a scenario can only begin behind that`);
  const before = org.log.length;
  scenario.play(org, { at: begin, random: Random.of(seed, name, begin.getTime()) });
  return Array.from({ length: org.log.length - before }, (_, index) => textAt(org.log.eventAt(before + index), 'uuid') ?? '');
}
