import type { ServerResponse } from 'node:http';
import { EventStream } from './event-stream.js';
import { eventId, NOTHING_KNOWN, type Present, type Snapshot, versionOf } from './present.js';

export interface ProgressClientOptions {
  /** One integration; default: all. */
  readonly only?: string | undefined;
  readonly lastEventId: string | undefined;
  readonly onClose: () => void;
}

/** Why a stream is over for good. */
export type EndReason = 'signed_out' | 'removed';

/** Rounds of pings that a client may leave unread: two, and it is gone or stuck. */
const PATIENCE = 2;

/**
 * One who watches. It keeps what he was sent last and sends what differs from it now, so that a slow one misses states in
 * between and nothing waits for him in memory.
 */
export class ProgressClient {
  readonly #stream: EventStream;
  readonly #only: string | undefined;
  #lastEventId: string | undefined;
  readonly #sent = new Map<string, Snapshot>();
  #version = NOTHING_KNOWN;
  /** What is true now; `undefined` before the first look. */
  #present: Present | undefined;
  #hasBegun = false;
  #isOver = false;
  #unread = 0;

  constructor(response: ServerResponse, { only, lastEventId, onClose }: ProgressClientOptions) {
    this.#only = only;
    this.#lastEventId = lastEventId;
    const onGone = (): void => {
      this.#isOver = true;
      onClose();
    };
    this.#stream = new EventStream(response, () => this.#send(), onGone);
  }

  show(all: Present): void {
    this.#present = this.#partOf(all);
    this.#send();
  }

  ping(): void {
    // Ended, and still there: its end does not come through.
    if (this.#isOver) return this.#stream.cut();
    this.#unread = this.#stream.isCongested ? this.#unread + 1 : 0;
    if (this.#unread >= PATIENCE) this.#stream.cut();
    else if (this.#unread === 0) this.#stream.ping();
  }

  /** @param reason tells a page not to try again; without one it shall. */
  end(reason?: EndReason): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // What lies in front of it would keep the connection open for as long as the client likes.
    if (this.#stream.isCongested) return this.#stream.cut();
    if (reason !== undefined) this.#stream.event('end', JSON.stringify({ reason }));
    this.#stream.end();
  }

  #partOf(all: Present): Present {
    if (this.#only === undefined) return all;
    const one = all.get(this.#only);
    return one === undefined ? new Map() : new Map([[this.#only, one]]);
  }

  #send(): void {
    const present = this.#present;
    if (present === undefined || this.#isOver || this.#stream.isCongested) return;
    if (!this.#hasBegun) this.#begin(present);
    for (const [id, snapshot] of this.#sent) {
      if (present.has(id)) continue;
      this.#sent.delete(id);
      this.#event('removed', JSON.stringify({ integration: id }), snapshot.version);
    }
    for (const [id, snapshot] of present) {
      const before = this.#sent.get(id);
      if (before?.version === snapshot.version) continue;
      if (this.#stream.isCongested) return;
      this.#sent.set(id, snapshot);
      this.#event('integration', snapshot.json, (before?.version ?? NOTHING_KNOWN) ^ snapshot.version);
    }
    if (this.#only !== undefined && present.size === 0) this.end('removed');
  }

  /** One who was here before and knows everything as it is gets nothing; any other learns first which integrations there are. */
  #begin(present: Present): void {
    this.#hasBegun = true;
    const version = versionOf(present);
    if (this.#lastEventId === eventId(version)) {
      for (const [id, snapshot] of present) this.#sent.set(id, snapshot);
      this.#version = version;
    } else this.#event('present', JSON.stringify({ integrations: [...present.keys()] }), NOTHING_KNOWN);
    this.#lastEventId = undefined;
  }

  #event(name: string, json: string, change: bigint): void {
    this.#version ^= change;
    this.#stream.event(name, json, eventId(this.#version));
  }
}
