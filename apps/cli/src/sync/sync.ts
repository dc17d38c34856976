import { createHash } from 'node:crypto';
import type { Json, StreamInfo, SyncContext, SyncMessage } from '@castellan/connector-sdk';
import { secretValues } from '@castellan/sync-engine';
import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type Session, type SessionOptions } from '../session.js';
import { MemorySynced } from './memory-synced.js';
import { SyncProgress } from './progress.js';
import { StateFile } from './state-file.js';

export interface SyncOptions extends SessionOptions {
  readonly state?: string;
  /** Names separated by commas. */
  readonly streams?: string;
  /** Writes the plan of calls among the messages, too. */
  readonly plan?: boolean;
}

/** `castellan sync ID --config F [--state F] [--streams a,b]`: the connector's messages as JSON Lines, no database. */
export async function sync(id: string, options: SyncOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const connector = await connectorOf(id);
  // Before the settings are read: a wrong name is known without them.
  chooseStreams(connector.streams, options.streams);
  const session = await openSession(connector, options, output, signal);
  return syncOver(session, options, output, signal);
}

/** The same with a session that is open already; it is closed. */
export async function syncOver(
  session: Session,
  options: Pick<SyncOptions, 'state' | 'streams' | 'plan'>,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { connector } = session;
  try {
    const asked = chooseStreams(connector.streams, options.streams);
    const state = await StateFile.open(options.state, connector.id, fingerprint(session));
    const streams = connector.streamsOf(session.context.config);
    const wanted = askedFor(streams, asked, options.streams !== undefined);
    const plan = planOf(streams, wanted, state);
    const extra = plan.read.filter((stream) => !wanted.has(stream.name)).map((stream) => stream.name);
    if (extra.length > 0) output.say(`Read too, because others need them: ${extra.join(', ')}`);
    const synced = new MemorySynced(streams);
    const progress = new SyncProgress(plan.read, output, process.stderr.isTTY ? process.stderr : undefined);
    session.onWait = (wait) => progress.waits(wait);
    const context: SyncContext<object> = {
      ...session.context,
      streams: plan.read.map((stream) => stream.name),
      completed: [],
      checkpoints: plan.checkpoints,
      synced,
    };
    const stopped = { skipped: 0, incomplete: 0 };
    for await (const message of connector.sync(context)) {
      if (message.type === 'page') synced.add(message.records);
      // The plan is for people, and for machines that ask: whoever reads records expects a stream in each line.
      if (message.type === 'plan' ? options.plan === true : wanted.has(message.stream)) await output.json(printable(message));
      const stream = streams.find(({ name }) => 'stream' in message && name === message.stream);
      if (message.type === 'page' && stream !== undefined) await state.advance(stream, message.progress);
      if (message.type === 'stopped') {
        stopped[message.status] += 1;
        session.context.logger.debug('stream stopped', {
          stream: message.stream,
          detail: message.detail ?? message.error.message,
        });
      }
      progress.see(message);
    }
    const rows = progress.end();
    const complete = stopped.skipped + stopped.incomplete === 0 && !signal.aborted;
    // A stream that may not be read would keep the pass open for ever, and with it every other stream as it was.
    if (stopped.incomplete === 0 && !signal.aborted) await state.endPass();
    const missing = progress.missing();
    output.say(
      complete ? `Complete: ${rows} records.` : `Not complete: ${rows} records were read. Missing: ${missing.join(', ')}.`,
    );
    if (!complete && options.state !== undefined) output.say(`Run the same command again to go on from ${options.state}.`);
    return complete ? EXIT.ok : EXIT.failed;
  } finally {
    await session.close();
  }
}

/**
 * The settings without their secrets: a new secret for the same organisation changes nothing about a position. With the address
 * that stands for the provider's: whoever answers there is another organisation.
 */
function fingerprint({ connector, context: { config }, substitute }: Session): string {
  const secrets = new Set(secretValues(connector.config, config));
  const text = JSON.stringify(config, (_, value: unknown) => (typeof value === 'string' && secrets.has(value) ? null : value));
  const place = substitute === undefined ? '' : `${substitute.origin} ${substitute.url}`;
  return createHash('sha256').update(text).update(place).digest('hex').slice(0, 32);
}

/** `detail` is for an operator's log and not for whoever reads the pipe. */
function printable(message: SyncMessage): SyncMessage {
  if (message.type !== 'stopped') return message;
  const { type, stream, status, error } = message;
  return { type, stream, status, error };
}

function chooseStreams(all: readonly StreamInfo[], option: string | undefined): ReadonlySet<string> {
  const names = all.map((stream) => stream.name);
  if (option === undefined) return new Set(names);
  const asked = option
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = asked.filter((name) => !names.includes(name));
  if (asked.length > 0 && unknown.length === 0) return new Set(asked);
  const what = asked.length === 0 ? '--streams names none.' : `There is no stream ${unknown.join(', ')}.`;
  throw new UsageError(`${what} Streams: ${names.join(', ')}.`);
}

/** Without `--streams` all that the settings ask for; one that was named and that they leave out is worth an answer. */
function askedFor(streams: readonly StreamInfo[], asked: ReadonlySet<string>, named: boolean): ReadonlySet<string> {
  const wanted = new Set(streams.map((stream) => stream.name));
  const leftOut = [...asked].filter((name) => !wanted.has(name));
  if (named && leftOut.length > 0) throw new UsageError(`The settings do not ask for ${leftOut.join(', ')}.`);
  return new Set([...asked].filter((name) => wanted.has(name)));
}

interface Plan {
  readonly read: readonly StreamInfo[];
  readonly checkpoints: Readonly<Record<string, Json>>;
}

/**
 * Streams that are asked for and not yet through, and the streams that those depend on. A dependency is listed anew even
 * when it was through before a cut: its keys are needed and nothing but its position was kept.
 */
function planOf(all: readonly StreamInfo[], wanted: ReadonlySet<string>, state: StateFile): Plan {
  const open = all.filter((stream) => wanted.has(stream.name) && !state.isDone(stream.name));
  const needed = new Set(open.map((stream) => stream.name));
  const parents = new Set<string>();
  // Streams come in dependency order, so walking backwards sees a stream before what it depends on.
  for (const stream of all.toReversed()) {
    if (!needed.has(stream.name)) continue;
    for (const name of stream.dependsOn) {
      needed.add(name);
      parents.add(name);
    }
  }
  const read = all.filter((stream) => needed.has(stream.name));
  const positions = read.flatMap((stream) => {
    const position = parents.has(stream.name) ? undefined : state.position(stream.name);
    return position === undefined ? [] : [[stream.name, position] as const];
  });
  return { read, checkpoints: Object.fromEntries(positions) };
}
