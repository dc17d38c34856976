import type { SyncContext, SyncMessage } from './connector.js';
import { AbortedError, ConnectorError, ERROR_POLICY } from './errors.js';
import { readStream } from './read-stream.js';
import type { SyncPlan } from './plan.js';
import { stoppedMessage, StreamRace } from './stream-race.js';
import type { AnyStream } from './stream.js';

/**
 * Reads all streams asked for, side by side, and yields their messages one at a time.
 *
 * Each stream has at most one page waiting: while the consumer commits a page of one stream the others fetch theirs, and
 * the stream itself goes on only when the consumer asks for the next message. That bounds memory and is the back-pressure.
 * A stream starts when the streams it depends on are complete, i.e. when their last page has been taken and committed.
 */
export async function* runStreams<C extends object, Client>(
  all: readonly AnyStream<Client>[],
  connect: () => Client | Promise<Client>,
  context: SyncContext<C>,
  planOf: (client: Client) => SyncPlan | undefined = () => undefined,
): AsyncGenerator<SyncMessage, void, void> {
  const streams = all.filter((stream) => context.streams.includes(stream.name) && !context.completed.includes(stream.name));
  if (streams.length === 0) return;
  // Cancels what is still being fetched when the run ends early, whoever ended it.
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const race = new StreamRace(streams, context);
  try {
    const client = await connect();
    let said: SyncPlan | undefined;
    for (;;) {
      for (const stream of race.takeReady()) {
        yield { type: 'started', stream: stream.name };
        race.add(stream, readStream(stream, client, { ...context, signal }));
      }
      for (const stopped of race.takeBlocked()) yield stopped;
      const plan = planOf(client);
      if (plan !== undefined && plan !== said) yield { type: 'plan', plan };
      said = plan;
      const turn = await race.next();
      if (turn === undefined) return;
      if ('message' in turn) yield turn.message;
      if ('failure' in turn) {
        yield stoppedMessage(turn.stream, turn.failure);
        if (ERROR_POLICY[turn.failure.kind].ends === 'run') return;
      }
    }
  } catch (error) {
    // connect() failed: no stream can be read, and the first says why.
    const known = context.signal.aborted ? AbortedError.of(context.signal) : ConnectorError.from(error);
    for (const stream of streams) yield stoppedMessage(stream.name, known);
  } finally {
    stop.abort(new AbortedError({ message: 'The run was ended.' }));
    await race.close();
  }
}
