import type { SyncContext, SyncMessage } from './connector.js';
import { AbortedError, InternalError, UpstreamError } from './errors.js';
import type { Json } from './json.js';
import { PageTrail } from './page-trail.js';
import type { RecordKind } from './records.js';
import type { AnyStream, Page } from './stream.js';

export type PageMessage = Extract<SyncMessage, { type: 'page' }>;

/**
 * One stream's pages, held to the contract: the position moves with each page, nothing comes after the last page, and
 * the end is said. A generator that merely stops has lost rows without a word, which is the one thing that must not happen.
 */
export async function* readStream<C extends object, Client>(
  stream: AnyStream<Client>,
  client: Client,
  context: SyncContext<C>,
): AsyncGenerator<PageMessage, void, void> {
  const { signal, logger, synced } = context;
  const saved = context.checkpoints[stream.name];
  let last = saved === undefined ? undefined : JSON.stringify(saved);
  // A fan-out has a page for each part, however many: only a circle is an error.
  const trail = new PageTrail(Number.POSITIVE_INFINITY);
  let done = false;
  for await (const page of stream.read({ client, saved, last: context.last?.[stream.name], signal, logger, synced })) {
    if (done) throw new InternalError({ message: `Stream ${stream.name} went on after its last page.` });
    if (signal.aborted) throw AbortedError.of(signal);
    done = page.next === null;
    if (!done) {
      const position = JSON.stringify(page.next);
      const detail = `position repeated: ${position}`;
      // Nearly always what the provider gave as the next page; whoever computes positions finds the mistake by the message.
      const problem = position === last ? 'its position stays the same' : trail.follow(position);
      if (problem !== undefined)
        throw new UpstreamError({ message: `Stream ${stream.name} did not advance: ${problem}.`, detail });
      last = position;
    }
    yield pageMessage(stream.name, page);
    if (signal.aborted) throw AbortedError.of(signal);
  }
  if (!done) throw new InternalError({ message: `Stream ${stream.name} ended without saying that it is complete.` });
}

function pageMessage(stream: string, page: Page<RecordKind, Json>): PageMessage {
  const { records, deleted = [], unlisted = [], rejected = [], stale = [], next, resumeFrom } = page;
  const progress =
    next === null
      ? { done: true as const, ...(resumeFrom !== undefined && { resumeFrom }) }
      : { done: false as const, cursor: next };
  return { type: 'page', stream, records, deleted, unlisted, rejected, stale, progress };
}
