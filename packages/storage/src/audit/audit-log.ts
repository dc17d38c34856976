import type { Queries } from '../database/database.js';

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

export class AuditLog {
  constructor(private readonly queries: Queries) {}

  async append(entry: NewAuditEntry): Promise<void> {
    const { workspaceId, actor, address, action, outcome, target, before, after } = entry;
    await this.queries.query(
      `INSERT INTO audit_log (workspace_id, actor, address, action, outcome, target, before, after)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [workspaceId, json(actor), address, action, outcome, json(target), json(before), json(after)],
    );
  }
}

function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
