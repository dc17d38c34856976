import type { Database, Queries } from '../database/database.js';
import { plainJson, plainText } from '../pages/plain-text.js';
import { AuditDamagedError } from './audit-error.js';
import { type AuditContent, type AuditHead, AuditMac, GENESIS, isSame } from './audit-mac.js';
import { AuditVerification, type AuditVerdict, type VerifyOptions } from './audit-verification.js';
import { instantText } from '../database/instant-text.js';

export interface AuditTarget {
  readonly kind: string;
  readonly id: string;
  readonly name?: string | undefined;
}

export interface AuditActor {
  readonly kind: 'user' | 'api_key' | 'host' | 'anonymous';
  readonly id: string | null;
  readonly name: string;
}

export interface NewAuditEntry {
  /** `null`: of the host as a whole. */
  readonly workspaceId: string | null;
  readonly actor: AuditActor;
  /** The network address; `null`: the host itself. */
  readonly address: string | null;
  /** `noun.verb` */
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly target?: AuditTarget;
  readonly before?: object;
  readonly after?: object;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: Date;
  readonly actor: AuditActor;
  readonly address: string | null;
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly target: AuditTarget | null;
  readonly before: object | null;
  readonly after: object | null;
}

export interface AuditQuery {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: number | undefined;
  readonly action?: string | undefined;
  /** Ids. */
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

interface HeadRow {
  readonly seq: string;
  readonly mac: Buffer;
  readonly sealed: Buffer;
}

/** One chain for the whole host, whatever the workspace: a row that is missing shows in it. */
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly mac: AuditMac,
  ) {}

  /** In the transaction that makes the key of the chain, and at no other time: a head that was removed must be missed. */
  static async begin(queries: Queries, key: Buffer): Promise<void> {
    await queries.query('INSERT INTO audit_head (id, seq, mac, sealed) VALUES (1, 0, $1, $2)', [
      GENESIS.mac,
      new AuditMac(key).ofHead(GENESIS),
    ]);
  }

  /**
   * Call it last in a transaction: from here until its end everybody else waits who has something to write.
   * @throws AuditDamagedError when the log does not end as it was left
   */
  async append(entry: NewAuditEntry): Promise<void> {
    await this.database.transaction(async (queries) => {
      // Whoever holds the head for longer than this hangs: the change is refused, and can be tried again.
      await queries.query(`SET LOCAL lock_timeout = '10s'`);
      const head = await this.holdHead(queries);
      const content = { ...contentOf(entry), seq: head.seq + 1, at: await instant(queries), prev: head.mac };
      await this.insert(queries, content, this.mac.ofRow(content));
    });
  }

  /** Newest first. */
  async list(workspaceId: string, { limit, after, action, actor, target }: AuditQuery): Promise<AuditPage> {
    const rows = await this.database.query<Omit<AuditEntry, 'seq'> & { readonly seq: string }>(
      `SELECT seq, at, actor, address, action, outcome, target, before, after FROM audit_log
       WHERE workspace_id = $1 AND ($2::bigint IS NULL OR seq < $2) AND ($3::text IS NULL OR action = $3)
         AND ($4::text IS NULL OR actor ->> 'id' = $4) AND ($5::text IS NULL OR target ->> 'id' = $5)
       ORDER BY seq DESC LIMIT $6`,
      [workspaceId, after ?? null, action ?? null, actor ?? null, target ?? null, limit + 1],
    );
    const entries = rows.slice(0, limit).map((row) => ({ ...row, seq: Number(row.seq) }));
    return { entries, next: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null };
  }

  /** What an anchor is made of. @throws AuditDamagedError */
  async head(): Promise<AuditHead> {
    const [row] = await this.database.query<HeadRow>('SELECT seq, mac, sealed FROM audit_head');
    return this.checked(row);
  }

  verify(options: VerifyOptions = {}): Promise<AuditVerdict> {
    return new AuditVerification(this.database, this.mac, options).run();
  }

  private async holdHead(queries: Queries): Promise<AuditHead> {
    const [row] = await queries.query<HeadRow>('SELECT seq, mac, sealed FROM audit_head FOR UPDATE');
    return this.checked(row);
  }

  private checked(row: HeadRow | undefined): AuditHead {
    if (row === undefined) throw new AuditDamagedError();
    const head = { seq: Number(row.seq), mac: row.mac };
    if (!isSame(this.mac.ofHead(head), row.sealed)) throw new AuditDamagedError();
    return head;
  }

  private async insert(queries: Queries, content: AuditContent, mac: Buffer): Promise<void> {
    const { seq, at, workspaceId, actor, address, action, outcome, target, before, after, prev } = content;
    await queries.query(
      `WITH appended AS (
         INSERT INTO audit_log (seq, at, workspace_id, actor, address, action, outcome, target, before, after, prev, mac)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
       UPDATE audit_head SET seq = $1, mac = $12, sealed = $13`,
      [
        seq,
        at,
        workspaceId,
        json(actor),
        address,
        action,
        outcome,
        json(target),
        json(before),
        json(after),
        prev,
        mac,
        this.mac.ofHead({ seq, mac }),
      ],
    );
  }
}

/** As the database will give it back: what it cannot keep is replaced before it is signed. */
function contentOf(entry: NewAuditEntry): Omit<AuditContent, 'seq' | 'at' | 'prev'> {
  return {
    workspaceId: entry.workspaceId?.toLowerCase() ?? null,
    actor: stored(entry.actor),
    address: entry.address === null ? null : plainText(entry.address),
    action: plainText(entry.action),
    outcome: entry.outcome,
    target: stored(entry.target),
    before: stored(entry.before),
    after: stored(entry.after),
  };
}

function stored(value: object | undefined): unknown {
  return value === undefined ? null : JSON.parse(plainJson(value));
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** After the head is held, so that times do not run against the numbers. */
async function instant(queries: Queries): Promise<string> {
  const [row] = await queries.query<{ readonly at: string }>(`SELECT ${instantText('clock_timestamp()')} AS at`);
  return row?.at ?? '';
}
