import { copy } from '../checks/cuts.js';
import type { MemoryHost } from '../host/memory-host.js';
import type { Exchange, WireRequest } from '../wire/wire.js';
import type { Trial } from './trial.js';

/** Which requests are one stream's alone, found by watching the wire. */
export type IsOwn = (request: WireRequest) => boolean;

/** What the wire saw of a stream that was read by itself, after a full run. */
export interface Solo {
  readonly stream: string;
  /** `undefined`: every request of it is made for other streams as well. */
  readonly isOwn: IsOwn | undefined;
}

/** Reads each stream alone and the others without it. */
export async function soloRuns(trial: Trial, whole: MemoryHost): Promise<readonly Solo[]> {
  const asked = new Map<string, readonly WireRequest[]>();
  for (const stream of whole.streams) {
    const exchanges = await exchangesOf(trial, whole, stream);
    asked.set(
      stream,
      exchanges.map(({ request }) => request),
    );
  }
  return whole.streams.map((stream) => {
    const others = [...asked].flatMap(([name, requests]) => (name === stream ? [] : requests));
    return { stream, isOwn: ownOf(asked.get(stream) ?? [], others) };
  });
}

/** A host that has all but this stream, which is still to be read. */
export function hostWithout(trial: Trial, whole: MemoryHost, stream: string): MemoryHost {
  const host = trial.host();
  for (const name of whole.streams) if (name !== stream) copy(whole, host, name);
  return host;
}

/** What goes over the wire when this stream is read by itself. */
export async function exchangesOf(trial: Trial, whole: MemoryHost, stream: string): Promise<readonly Exchange[]> {
  trial.wire.reset();
  await hostWithout(trial, whole, stream).run({ streams: [stream] });
  const exchanges = [...trial.wire.trace];
  trial.wire.reset();
  return exchanges;
}

/** By path where that tells them apart, else by the whole address: two streams may read one list with different questions. */
function ownOf(mine: readonly WireRequest[], others: readonly WireRequest[]): IsOwn | undefined {
  for (const nameOf of [byPath, byAddress]) {
    const shared = new Set(others.map(nameOf));
    const own = new Set(mine.map(nameOf).filter((name) => !shared.has(name)));
    if (own.size > 0) return (request) => own.has(nameOf(request));
  }
  return undefined;
}

function byPath({ method, path }: WireRequest): string {
  return `${method} ${path}`;
}

function byAddress({ method, path, query }: WireRequest): string {
  return `${method} ${path}${query}`;
}
