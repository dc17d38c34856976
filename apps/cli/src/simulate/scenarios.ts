import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

/** What a simulator can play, as far as a list of it asks. */
interface PlayableScenario {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
}

/** What a simulator package exports as `attackScenarios`; none where it plays nothing. */
export function scenariosIn(exported: unknown): readonly PlayableScenario[] {
  return Array.isArray(exported) ? exported.filter(isPlayable) : [];
}

/** `--play list`: a name a line. */
export async function listed(id: string, scenarios: readonly PlayableScenario[], output: Output): Promise<ExitCode> {
  if (scenarios.length === 0) throw new UsageError(`The simulator "${id}" plays nothing.`);
  await output.json({ scenarios: scenarios.map(({ name, title, kind }) => ({ name, title, kind })) });
  const widest = Math.max(...scenarios.map(({ name }) => name.length));
  for (const kind of new Set(scenarios.map((one) => one.kind))) {
    output.say(`${kind}:`);
    for (const { name, title } of scenarios.filter((one) => one.kind === kind))
      output.say(`  ${name.padEnd(widest)}  ${title}`);
  }
  return EXIT.ok;
}

/** @throws UsageError for a name that there is not */
export function requirePlayed(id: string, names: readonly string[], scenarios: readonly PlayableScenario[]): void {
  const unknown = names.find((name) => scenarios.every((one) => one.name !== name));
  if (unknown === undefined) return;
  throw new UsageError(`There is no scenario ${unknown}: castellan simulate ${id} --play list names them.`);
}

/** What was played, and when. */
export function playedIn(simulator: object): readonly string[] {
  if (!('played' in simulator) || !Array.isArray(simulator.played)) return [];
  return simulator.played.filter(isPlayed).map(({ name, title, events, from, to }) => {
    return `Played ${name}: ${title}. ${events} events, ${from.toISOString()} to ${to.toISOString()}.`;
  });
}

interface Played {
  readonly name: string;
  readonly title: string;
  readonly events: number;
  readonly from: Date;
  readonly to: Date;
}

function isPlayable(value: unknown): value is PlayableScenario {
  return hasTexts(value, ['name', 'title', 'kind']);
}

function isPlayed(value: unknown): value is Played {
  return hasTexts(value, ['name', 'title']) && 'from' in value && value.from instanceof Date && 'to' in value;
}

function hasTexts(value: unknown, names: readonly string[]): value is object {
  return typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'string');
}
