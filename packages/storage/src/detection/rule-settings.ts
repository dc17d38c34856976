import type { AuditActor } from '../audit/audit-log.js';
import type { Queries } from '../database/database.js';

/** What a workspace wants of a rule; `null`: as the rule says. */
export interface NewRuleSetting {
  readonly enabled: boolean;
  readonly level: string | null;
  /** By comparison: `gte`. */
  readonly bounds: Readonly<Record<string, number>> | null;
  /** `90m` */
  readonly timespan: string | null;
  readonly reason: string | null;
}

export interface StoredRuleSetting extends NewRuleSetting {
  readonly rule: string;
  /** It is off since it took too long: events are not held against it. */
  readonly isTooSlow: boolean;
  readonly changedBy: AuditActor;
  readonly changedAt: Date;
}

const SELECT = `SELECT rule, enabled, level, bounds, timespan, reason, too_slow AS "isTooSlow",
    changed_by AS "changedBy", changed_at AS "changedAt"
  FROM detection_rule_settings WHERE workspace_id = $1`;

/** By rule; of one that is as it says there is none. */
export async function ruleSettings(queries: Queries, workspaceId: string): Promise<ReadonlyMap<string, StoredRuleSetting>> {
  const rows = await queries.query<StoredRuleSetting>(SELECT, [workspaceId]);
  return new Map(rows.map((row) => [row.rule, row]));
}

export async function ruleSetting(queries: Queries, workspaceId: string, rule: string): Promise<StoredRuleSetting | undefined> {
  const [row] = await queries.query<StoredRuleSetting>(`${SELECT} AND rule = $2`, [workspaceId, rule]);
  return row;
}

export async function saveRuleSetting(
  queries: Queries,
  workspaceId: string,
  rule: string,
  { enabled, level, bounds, timespan, reason }: NewRuleSetting,
  by: AuditActor,
): Promise<void> {
  await queries.query(
    `INSERT INTO detection_rule_settings AS s (workspace_id, rule, enabled, level, bounds, timespan, reason, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (workspace_id, rule) DO UPDATE SET enabled = excluded.enabled, level = excluded.level, bounds = excluded.bounds,
       timespan = excluded.timespan, reason = excluded.reason, changed_by = excluded.changed_by, changed_at = now(),
       too_slow = s.too_slow AND NOT excluded.enabled`,
    [workspaceId, rule, enabled, level, bounds === null ? null : JSON.stringify(bounds), timespan, reason, JSON.stringify(by)],
  );
}

/** Switches a rule off, and what else is set of it stays. Who switches it on says that it is no longer too slow. */
export async function switchOffSlowRule(
  queries: Queries,
  workspaceId: string,
  rule: string,
  reason: string,
  by: AuditActor,
): Promise<void> {
  await queries.query(
    `INSERT INTO detection_rule_settings (workspace_id, rule, enabled, reason, changed_by, too_slow)
     VALUES ($1, $2, false, $3, $4, true)
     ON CONFLICT (workspace_id, rule) DO UPDATE SET enabled = false, too_slow = true, reason = excluded.reason,
       changed_by = excluded.changed_by, changed_at = now()`,
    [workspaceId, rule, reason, JSON.stringify(by)],
  );
}

export async function removeRuleSetting(queries: Queries, workspaceId: string, rule: string): Promise<void> {
  await queries.query('DELETE FROM detection_rule_settings WHERE workspace_id = $1 AND rule = $2', [workspaceId, rule]);
}
