import type { AuditActor } from '../audit/audit-log.js';
import type { Database } from '../database/database.js';

export interface PlaybookEnabler extends AuditActor {
  /** The user, or who has made the key: what a playbook asks for is their own. `null`: removed before; not there: of an older release. */
  readonly userId?: string | null;
}

/** What a workspace has set of a playbook. */
export interface StoredPlaybookSetting {
  readonly workspaceId: string;
  readonly playbook: string;
  /** `null`: it is off. */
  readonly enabledVersion: number | null;
  readonly enabledAt: Date | null;
  readonly enabledBy: PlaybookEnabler | null;
  readonly simulatedVersion: number | null;
  readonly simulatedAt: Date | null;
}

const COLUMNS = `workspace_id AS "workspaceId", playbook, enabled_version AS "enabledVersion", enabled_at AS "enabledAt",
  enabled_by AS "enabledBy", simulated_version AS "simulatedVersion", simulated_at AS "simulatedAt"`;

/** Which playbooks begin by themselves. */
export class PlaybookSettings {
  constructor(private readonly database: Database) {}

  list(workspaceId: string): Promise<readonly StoredPlaybookSetting[]> {
    return this.database.query<StoredPlaybookSetting>(`SELECT ${COLUMNS} FROM playbook_settings WHERE workspace_id = $1`, [
      workspaceId,
    ]);
  }

  /** Of all workspaces. */
  enabled(): Promise<readonly StoredPlaybookSetting[]> {
    return this.database.query<StoredPlaybookSetting>(
      `SELECT ${COLUMNS} FROM playbook_settings WHERE enabled_version IS NOT NULL ORDER BY workspace_id, playbook`,
    );
  }

  async simulated(workspaceId: string, playbook: string, version: number): Promise<void> {
    await this.database.query(
      `INSERT INTO playbook_settings (workspace_id, playbook, simulated_version, simulated_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (workspace_id, playbook) DO UPDATE SET simulated_version = $3, simulated_at = now()`,
      [workspaceId, playbook, version],
    );
  }

  /** @returns `undefined`: this version was not simulated here, or it is on already */
  async enable(
    workspaceId: string,
    playbook: string,
    version: number,
    by: PlaybookEnabler,
  ): Promise<StoredPlaybookSetting | undefined> {
    const [enabled] = await this.database.query<StoredPlaybookSetting>(
      `UPDATE playbook_settings SET enabled_version = $3, enabled_at = now(), enabled_by = $4
       WHERE workspace_id = $1 AND playbook = $2 AND simulated_version = $3 AND enabled_version IS DISTINCT FROM $3 RETURNING ${COLUMNS}`,
      [workspaceId, playbook, version, JSON.stringify(by)],
    );
    return enabled;
  }

  /** @returns `false`: it was off */
  async disable(workspaceId: string, playbook: string): Promise<boolean> {
    const disabled = await this.database.query(
      `UPDATE playbook_settings SET enabled_version = NULL, enabled_at = NULL, enabled_by = NULL
       WHERE workspace_id = $1 AND playbook = $2 AND enabled_version IS NOT NULL RETURNING playbook`,
      [workspaceId, playbook],
    );
    return disabled.length > 0;
  }
}
