import type { Database } from '../database/database.js';
import { type AuditContent, type AuditHead, type AuditMac, GENESIS, isSame } from './audit-mac.js';
import { instantText } from '../database/instant-text.js';

/**
 * `edited`: not what was written there (changed, inserted, or moved). `removed`: no such row. `out_of_order`: written, but
 * not after the row before it. `cut`: rows are missing at the end. `head`: the head is not the one that was written.
 * `anchor`: not the row that the anchor was taken from.
 */
export type AuditFault = 'edited' | 'removed' | 'out_of_order' | 'cut' | 'head' | 'anchor';

export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: AuditHead }
  /** The first row that is wrong. */
  | { readonly ok: false; readonly seq: number; readonly reason: AuditFault };

export interface VerifyOptions {
  /** Of an earlier day, kept outside of the database. */
  readonly anchor?: AuditHead | undefined;
  readonly signal?: AbortSignal | undefined;
}

type AuditRow = Omit<AuditContent, 'seq'> & { readonly seq: string; readonly mac: Buffer };
type Bad = Extract<AuditVerdict, { ok: false }>;

/** Memory holds one page however long the log is. */
const PAGE = 1_000;

const SELECT = `SELECT seq, ${instantText('at')} AS at, workspace_id AS "workspaceId", actor, address, action, outcome,
  target, before, after, prev, mac FROM audit_log
  WHERE $1::bigint IS NULL OR seq > $1 ORDER BY seq LIMIT ${PAGE}`;

/** Reads the whole chain. Hosts may go on writing meanwhile. */
export class AuditVerification {
  /** The last row that was found good. */
  private last: AuditHead = GENESIS;

  constructor(
    private readonly database: Database,
    private readonly mac: AuditMac,
    private readonly options: VerifyOptions,
  ) {}

  async run(): Promise<AuditVerdict> {
    for (;;) {
      const bad = await this.readRows();
      if (bad !== undefined) return bad;
      const head = await this.readHead();
      if (head === undefined) return fault(this.last.seq, 'head');
      if (head.seq > this.last.seq && (await this.hasMore())) continue; // written since the last page
      return this.judgeEnd(head);
    }
  }

  private async readRows(): Promise<Bad | undefined> {
    for (;;) {
      this.options.signal?.throwIfAborted();
      const after = this.last === GENESIS ? null : this.last.seq;
      const rows = await this.database.query<AuditRow>(SELECT, [after]);
      for (const row of rows) {
        const bad = this.judge(row);
        if (bad !== undefined) return bad;
        this.last = { seq: Number(row.seq), mac: row.mac };
      }
      if (rows.length < PAGE) return undefined;
    }
  }

  private judge(row: AuditRow): Bad | undefined {
    const seq = Number(row.seq);
    const expected = this.last.seq + 1;
    // Smaller: a row that was put before the first one.
    if (seq < expected) return fault(seq, 'edited');
    if (seq > expected) return fault(expected, 'removed');
    if (!isSame(this.mac.ofRow({ ...row, seq }), row.mac)) return fault(seq, 'edited');
    if (!isSame(row.prev, this.last.mac)) return fault(seq, 'out_of_order');
    const { anchor } = this.options;
    return anchor?.seq === seq && !isSame(anchor.mac, row.mac) ? fault(seq, 'anchor') : undefined;
  }

  private judgeEnd(head: AuditHead): AuditVerdict {
    const { seq, mac } = this.last;
    const { anchor } = this.options;
    if (head.seq > seq || (anchor !== undefined && anchor.seq > seq)) return fault(seq + 1, 'cut');
    if (head.seq < seq) return fault(head.seq + 1, 'head');
    if (!isSame(head.mac, mac)) return fault(seq, 'head');
    return { ok: true, rows: seq, head };
  }

  /** `undefined`: there is none, or none that a host has written. */
  private async readHead(): Promise<AuditHead | undefined> {
    const [row] = await this.database.query<{ readonly seq: string; readonly mac: Buffer; readonly sealed: Buffer }>(
      'SELECT seq, mac, sealed FROM audit_head',
    );
    if (row === undefined) return undefined;
    const head = { seq: Number(row.seq), mac: row.mac };
    return isSame(this.mac.ofHead(head), row.sealed) ? head : undefined;
  }

  private async hasMore(): Promise<boolean> {
    const rows = await this.database.query('SELECT FROM audit_log WHERE seq > $1 LIMIT 1', [this.last.seq]);
    return rows.length > 0;
  }
}

function fault(seq: number, reason: AuditFault): Bad {
  return { ok: false, seq, reason };
}
