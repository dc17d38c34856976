import { createHmac, timingSafeEqual } from 'node:crypto';
import { stableJson } from '../pages/plain-text.js';

/** A row without its own proof. */
export interface AuditContent {
  readonly seq: number;
  /** UTC with microseconds, as the database keeps it: a JavaScript date would lose the last three digits. */
  readonly at: string;
  readonly workspaceId: string | null;
  readonly actor: unknown;
  readonly address: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly target: unknown;
  readonly before: unknown;
  readonly after: unknown;
  /** The `mac` of the row before. */
  readonly prev: Buffer;
}

/** What the log ends with. */
export interface AuditHead {
  readonly seq: number;
  readonly mac: Buffer;
}

/** Before the first row. */
export const GENESIS: AuditHead = { seq: 0, mac: Buffer.alloc(32) };

/**
 * Proves that rows were written by somebody who has the key, in this order. Over JSON values with sorted keys, not over the
 * database's text of them: how `jsonb` writes a number or a space may change with its version, what it says may not.
 */
export class AuditMac {
  constructor(private readonly key: Buffer) {}

  ofRow({ seq, at, workspaceId, actor, address, action, outcome, target, before, after, prev }: AuditContent): Buffer {
    const cells = [seq, at, workspaceId, actor, address, action, outcome, target, before, after, prev.toString('hex')];
    return this.sign('row', cells);
  }

  /** With a label of its own: no row can be passed off as a head. */
  ofHead({ seq, mac }: AuditHead): Buffer {
    return this.sign('head', [seq, mac.toString('hex')]);
  }

  private sign(label: 'row' | 'head', cells: readonly unknown[]): Buffer {
    return createHmac('sha256', this.key)
      .update(stableJson([`castellan audit 1 ${label}`, ...cells]))
      .digest();
  }
}

export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
