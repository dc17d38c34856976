import { once } from 'node:events';
import { InvalidArgumentError } from 'commander';
import { simulatorOf } from '../connectors.js';
import { listed, playedIn, requirePlayed, scenariosIn } from './scenarios.js';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

export interface SimulateOptions {
  readonly port?: number;
  readonly objects?: string;
  readonly users?: number;
  readonly groups?: number;
  readonly apps?: number;
  readonly limits?: 'on' | 'off' | number;
  readonly latency?: number | { readonly min: number; readonly max: number };
  /** People of each app. */
  readonly assignments?: number;
  readonly seed?: number;
  /** How many apps have an access group. */
  readonly assignedGroups?: number;
  /** Serves the undocumented `skinny_users` lists too. */
  readonly skinnyUsers?: boolean;
  /** Scopes that tokens may have; absent: the simulator's own default. */
  readonly grantedScopes?: readonly string[];
  /** Names of scenarios that have just been played; `list` among them: only what there is. */
  readonly play?: readonly string[];
  /** The organisation goes on by itself. */
  readonly live?: boolean;
}

/** From one sign-in to the next: some in a minute, so that who watches sees them come. */
const LIVE_MS = 12_000;

/** What every simulator package exports: `startSimulator(options)`. */
interface RunningSimulator {
  readonly url: string;
  readonly config: object;
  close(): Promise<void>;
}
type StartSimulator = (options: object) => Promise<RunningSimulator>;

/** `castellan simulate ID ...`: runs until interrupted; the first line of stdout is usable as `--config`. */
export async function simulate(id: string, options: SimulateOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { startSimulator, attackScenarios } = await simulatorOf(id);
  if (!isStart(startSimulator)) throw new UsageError(`The simulator "${id}" does not export startSimulator.`);
  const { latency, assignments, live, play = [], ...rest } = options;
  const scenarios = scenariosIn(attackScenarios);
  if (play.includes('list')) return listed(id, scenarios, output);
  requirePlayed(id, play, scenarios);
  const renamed = {
    ...(latency !== undefined && { latencyMs: latency }),
    ...(assignments !== undefined && { assignmentsPerApp: assignments }),
    ...(play.length > 0 && { plays: play }),
    ...(live === true && { liveMs: LIVE_MS }),
  };
  const simulator = await startSimulator({ ...rest, ...renamed }).catch((error: unknown) => {
    throw new UsageError(`The simulator could not start: ${reasonOf(error, options)}`);
  });
  await output.json({ url: simulator.url, config: simulator.config });
  for (const line of [...aboutOf(simulator), ...playedIn(simulator)]) output.say(line);
  output.say(`Simulated organisation at ${simulator.url}. Ctrl-C stops it.`);
  if (!signal.aborted) await once(signal, 'abort');
  await simulator.close();
  return EXIT.ok;
}

function reasonOf(error: unknown, { port, objects }: SimulateOptions): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} is in use. Stop the other program, or choose another port with --port.`;
  if (code === 'ENOENT' && objects !== undefined) return `there is no folder ${objects} (--objects).`;
  return error instanceof Error ? error.message : String(error);
}

/** `on`, `off`, or `x2`: twice the usual limits. */
export function parseLimits(text: string): 'on' | 'off' | number {
  if (text === 'on' || text === 'off') return text;
  const factor = /^x(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (factor === undefined || Number(factor) <= 0)
    throw new InvalidArgumentError('Use on, off, or a factor such as x2 or x0.5.');
  return Number(factor);
}

/** `30`, or `20-40`: milliseconds. */
export function parseLatency(text: string): number | { readonly min: number; readonly max: number } {
  const [, min = '', max = min] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (min === '' || Number(max) < Number(min))
    throw new InvalidArgumentError('Use milliseconds such as 30, or a range such as 20-40.');
  return max === min ? Number(min) : { min: Number(min), max: Number(max) };
}

/** Scopes separated by commas or spaces. */
export function parseScopes(text: string): readonly string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.length === 0) throw new InvalidArgumentError('Name at least one scope, such as users:read.');
  return scopes;
}

function isStart(value: unknown): value is StartSimulator {
  return typeof value === 'function';
}

/** What a simulator says of the recorded objects that it was given: every count, and everything that it did not serve as it is. */
function aboutOf(simulator: object): readonly string[] {
  if (!('objects' in simulator) || typeof simulator.objects !== 'object' || simulator.objects === null) return [];
  return Object.entries(simulator.objects).flatMap(([name, value]) => {
    const items = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
    return items.map((item) => `${name}: ${item}`);
  });
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, content]) => `${key} ${String(content)}`)
    .join(', ');
}
