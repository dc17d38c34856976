import type { Org } from '../org/org.js';
import { textAt } from '../json/json.js';
import { attackScenarios } from './attack-scenarios.js';
import { playScenario } from './play-scenario.js';

/** A scenario that was over when the simulator started. */
export interface Played {
  readonly name: string;
  readonly title: string;
  /** How many events it has written. */
  readonly events: number;
  readonly from: Date;
  readonly to: Date;
}

/** From the end of one to the beginning of the next, in milliseconds. */
const BETWEEN_MS = 10 * 60_000;
/** So long before now, at least, the last one is over. */
const OVER_MS = 30 * 60_000;
/** The log is quiet so long before the first. */
const QUIET_MS = 60 * 60_000;
/** Begun at another moment each takes somewhat longer, or less long. */
const VARIES = 1.3;

/** Plays them one behind the other, the first at `at`. @throws Error for a name that there is not */
export function playInOrder(org: Org, names: readonly string[], at: Date): readonly Played[] {
  let begin = at;
  return names.map((name) => {
    const first = org.log.length;
    const { length: events } = playScenario(org, name, { at: begin });
    const from = publishedAt(org, first);
    const to = publishedAt(org, org.log.length - 1);
    begin = new Date(to.getTime() + BETWEEN_MS);
    return { name, title: attackScenarios.find((one) => one.name === name)?.title ?? name, events, from, to };
  });
}

/**
 * When the first has to begin for the last to be over by `now`, and until when the rest of the log goes.
 * @param trial an org of the same size, which is thrown away
 */
export function timesBefore(now: Date, names: readonly string[], trial: (epoch: Date) => Org) {
  const at = new Date(now.getTime() - OVER_MS);
  const last = playInOrder(trial(new Date(at.getTime() - QUIET_MS)), names, at).at(-1);
  const takes = (last?.to.getTime() ?? at.getTime()) - at.getTime();
  const begin = new Date(at.getTime() - takes * VARIES);
  return { begin, epoch: new Date(begin.getTime() - QUIET_MS) };
}

function publishedAt(org: Org, index: number): Date {
  return new Date(textAt(org.log.eventAt(index), 'published') ?? 0);
}
