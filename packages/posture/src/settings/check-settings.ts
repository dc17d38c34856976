import type { AuditActor, Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { type ParameterValues, problemOf } from '../check/parameter.js';

/** What a workspace has set of a check. */
export interface StoredCheckSettings {
  readonly enabled: boolean;
  /** Why it is off. */
  readonly reason: string | null;
  /** Only those that differ from the defaults. */
  readonly parameters: ParameterValues;
  readonly changedBy: AuditActor | null;
  readonly changedAt: Date | null;
}

const UNSET: StoredCheckSettings = { enabled: true, reason: null, parameters: {}, changedBy: null, changedAt: null };

/** By check; one that was never set is not there. */
export async function readSettings(queries: Queries, workspaceId: string): Promise<ReadonlyMap<string, StoredCheckSettings>> {
  const rows = await queries.query<StoredCheckSettings & { readonly check: string }>(
    `SELECT "check", enabled, reason, parameters, changed_by AS "changedBy", changed_at AS "changedAt" FROM check_settings WHERE workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ check, ...settings }) => [check, settings]));
}

export function settingsOf(stored: ReadonlyMap<string, StoredCheckSettings>, check: Check): StoredCheckSettings {
  return stored.get(check.id) ?? UNSET;
}

/**
 * The values that a check is to use. One that was kept before its parameter was renamed, or given other bounds, is passed over:
 * a look with a value that nobody may set any more would be wrong without a word.
 */
export function valuesOf(check: Check, { parameters }: StoredCheckSettings): ParameterValues {
  return Object.fromEntries(
    Object.entries(check.parameters).map(([name, parameter]) => {
      const kept = parameters[name];
      return [name, kept === undefined || problemOf(parameter, kept) !== undefined ? parameter.default : kept];
    }),
  );
}

/** What a caller wants of the values; what he leaves out is the default. */
export interface SettingProblem {
  readonly parameter: string;
  readonly message: string;
}

export function problemsOf(check: Check, values: Readonly<Record<string, unknown>>): readonly SettingProblem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const parameter = Object.hasOwn(check.parameters, name) ? check.parameters[name] : undefined;
    if (parameter === undefined) return [{ parameter: name, message: `is no parameter of this check` }];
    const message = problemOf(parameter, value);
    return message === undefined ? [] : [{ parameter: name, message }];
  });
}

export interface SettingChange {
  readonly enabled: boolean;
  readonly reason: string | null;
  readonly parameters: ParameterValues;
}

/** Keeps them; the next look uses them. */
export async function saveSettings(
  queries: Queries,
  workspaceId: string,
  check: Check,
  { enabled, reason, parameters }: SettingChange,
  by: AuditActor,
): Promise<void> {
  const differing = Object.entries(parameters).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(check.parameters[name]?.default),
  );
  await queries.query(
    `INSERT INTO check_settings (workspace_id, "check", enabled, reason, parameters, changed_by) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, "check") DO UPDATE SET enabled = excluded.enabled, reason = excluded.reason,
       parameters = excluded.parameters, changed_by = excluded.changed_by, changed_at = now()`,
    [workspaceId, check.id, enabled, reason, JSON.stringify(Object.fromEntries(differing)), JSON.stringify(by)],
  );
}
