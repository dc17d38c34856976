import type { DeltaContext, DeltaMessage, RefreshContext, RefreshMessage } from './connector.js';
import { AbortedError, type AnyConnectorError, ConnectorError, InternalError, withNeeds } from './errors.js';
import { type Scope, scopeKey } from './refresh.js';
import type { AnyStream } from './stream.js';

/** Parts of one stream, held to the contract: every scope asked for is answered, or nobody may believe that it was read. */
export async function* readRefresh<C extends object, Client>(
  streams: readonly AnyStream<Client>[],
  connect: () => Client | Promise<Client>,
  context: RefreshContext<C>,
): AsyncGenerator<RefreshMessage, void, void> {
  const { scopes, signal, logger, synced, state } = context;
  const stream = streamNamed(streams, context.stream);
  if (stream.refresh === undefined) throw new InternalError({ message: `Stream ${stream.name} cannot be read in parts.` });
  const open = new Set(scopes.map(scopeKey));
  try {
    const client = await connect();
    for await (const page of stream.refresh({ client, scopes, signal, logger, synced, state })) {
      if (signal.aborted) throw AbortedError.of(signal);
      const { records, complete, settled = [], unread = [], rejected = [], stale = [] } = page;
      for (const scope of [...complete, ...settled, ...unread.map((one) => one.scope)]) open.delete(scopeKey(scope));
      yield { records, complete, settled, unread, rejected, stale };
      if (signal.aborted) throw AbortedError.of(signal);
    }
  } catch (error) {
    throw known(error, signal, stream.requires);
  }
  if (open.size > 0) throw unanswered(stream.name, open, scopes);
}

function unanswered(stream: string, open: ReadonlySet<string>, scopes: readonly Scope[]): InternalError {
  return new InternalError({
    message: `Stream ${stream} was asked for ${scopes.length} parts and did not answer ${open.size} of them.`,
    detail: `first: ${[...open][0] ?? ''}`,
  });
}

/** What has changed in one stream; the end is said by a position to go on from. */
export async function* readDelta<C extends object, Client>(
  streams: readonly AnyStream<Client>[],
  connect: () => Client | Promise<Client>,
  context: DeltaContext<C>,
): AsyncGenerator<DeltaMessage, void, void> {
  const { since, signal, logger, synced } = context;
  const stream = streamNamed(streams, context.stream);
  if (stream.delta === undefined) throw new InternalError({ message: `Stream ${stream.name} has no delta.` });
  let done = false;
  try {
    const client = await connect();
    for await (const page of stream.delta({ client, since, signal, logger, synced })) {
      if (done) throw new InternalError({ message: `The delta of stream ${stream.name} went on after its last page.` });
      if (signal.aborted) throw AbortedError.of(signal);
      const { records, rejected = [], stale = [], resumeFrom } = page;
      done = resumeFrom !== undefined;
      yield { records, rejected, stale, ...(resumeFrom !== undefined && { resumeFrom }) };
      if (signal.aborted) throw AbortedError.of(signal);
    }
  } catch (error) {
    throw known(error, signal, stream.requires);
  }
  if (!done)
    throw new InternalError({ message: `The delta of stream ${stream.name} ended without saying where the next goes on.` });
}

function streamNamed<Client>(streams: readonly AnyStream<Client>[], name: string): AnyStream<Client> {
  const stream = streams.find((candidate) => candidate.name === name);
  if (stream === undefined) throw new InternalError({ message: `There is no stream ${name}.` });
  return stream;
}

/** Whatever breaks while the run is being stopped breaks because of that; and nobody may take a slip of a connector's for one of the store. */
function known(error: unknown, signal: AbortSignal, requires: readonly string[]): AnyConnectorError {
  return signal.aborted ? AbortedError.of(signal) : withNeeds(ConnectorError.from(error), requires);
}
