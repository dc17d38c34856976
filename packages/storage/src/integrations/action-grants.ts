import type { ActionGrants } from '@castellan/connector-sdk';
import type { Database, Queries } from '../database/database.js';

/** What an integration was seen to have of the permissions that its actions need. It may be otherwise by now. */
export interface SeenGrants extends ActionGrants {
  readonly seenAt: Date;
}

export class ActionGrantsRepository {
  constructor(private readonly database: Database) {}

  /** `null`: it was never seen, or cannot be. */
  async read(integrationId: string): Promise<SeenGrants | null> {
    const [row] = await this.database.query<{ readonly grants: ActionGrants | null; readonly seenAt: Date }>(
      'SELECT action_grants AS grants, action_grants_at AS "seenAt" FROM integrations WHERE id = $1',
      [integrationId],
    );
    return row === undefined || row.grants === null ? null : { ...row.grants, seenAt: row.seenAt };
  }

  /** @param grants what is so now; `null`: what was seen before does not hold any more, and nothing is known. */
  note(integrationId: string, grants: ActionGrants | null): Promise<void> {
    return noteActionGrants(this.database, integrationId, grants);
  }
}

export async function noteActionGrants(queries: Queries, integrationId: string, grants: ActionGrants | null): Promise<void> {
  await queries.query(
    `UPDATE integrations SET action_grants = $2::jsonb, action_grants_at = CASE WHEN $2::jsonb IS NOT NULL THEN clock_timestamp() END
     WHERE id = $1`,
    [integrationId, grants === null ? null : JSON.stringify(grants)],
  );
}
