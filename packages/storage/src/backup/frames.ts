import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { damaged } from './backup-error.js';

/**
 * What a backup consists of, one after the other: what it is; for each table its columns, its rows as COPY writes them, its
 * end; and the count and the sum of everything. A frame is a letter, the length of what follows (4 bytes), and that.
 */
export const FRAMES = { header: 'H', table: 'T', rows: 'D', end: 'E', trailer: 'Z' } as const;
export type FrameKind = (typeof FRAMES)[keyof typeof FRAMES];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

const HEAD_BYTES = 5;
/** More than any frame of ours holds: a length that was altered must not ask for all of the memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const KINDS: readonly string[] = Object.values(FRAMES);

export class FrameWriter {
  constructor(
    private readonly into: Writable,
    private readonly hash: Hash,
  ) {}

  async write(kind: FrameKind, payload: Buffer): Promise<void> {
    for (const part of this.slices(payload)) await this.one(kind, part);
  }

  json(kind: FrameKind, value: unknown): Promise<void> {
    return this.write(kind, Buffer.from(JSON.stringify(value)));
  }

  /** A row of many megabytes is cut: only rows are as long. */
  private *slices(payload: Buffer): Generator<Buffer> {
    if (payload.length === 0) yield payload;
    for (let at = 0; at < payload.length; at += MOST_BYTES) yield payload.subarray(at, at + MOST_BYTES);
  }

  private async one(kind: FrameKind, payload: Buffer): Promise<void> {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(kind, 0, 'latin1');
    head.writeUInt32BE(payload.length, 1);
    // The sum is over what comes before the trailer, which holds it.
    if (kind !== FRAMES.trailer) this.hash.update(head).update(payload);
    this.into.write(head);
    if (!this.into.write(payload)) await once(this.into, 'drain');
  }
}

/** The frames of a stream, each added to `hash`. @throws BackupError where it ends too early or is something else */
export async function* framesOf(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Frame, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  const waiting: Buffer[] = [];
  let length = 0;
  let wanted = HEAD_BYTES;
  for await (const chunk of source) {
    waiting.push(chunk);
    length += chunk.length;
    // Joined only once a whole frame is there: a large one comes in hundreds of pieces.
    if (length < wanted) continue;
    rest = Buffer.concat(waiting.splice(0));
    for (;;) {
      wanted = rest.length < HEAD_BYTES ? HEAD_BYTES : HEAD_BYTES + payloadLength(rest);
      if (rest.length < wanted) break;
      const frame = { kind: kindOf(rest), payload: rest.subarray(HEAD_BYTES, wanted) };
      if (frame.kind !== FRAMES.trailer) hash.update(rest.subarray(0, wanted));
      rest = rest.subarray(wanted);
      yield frame;
    }
    waiting.push(rest);
    length = rest.length;
  }
  if (length > 0) throw damaged('it ends too early');
}

function payloadLength(head: Buffer): number {
  kindOf(head);
  const length = head.readUInt32BE(1);
  if (length > MOST_BYTES) throw damaged('it was altered');
  return length;
}

function kindOf(head: Buffer): FrameKind {
  const kind = head.toString('latin1', 0, 1);
  if (!KINDS.includes(kind)) throw damaged('it was altered, or is something else');
  return kind as FrameKind; // one of them, as was just seen
}
