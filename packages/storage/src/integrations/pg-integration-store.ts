import type { ActionGrants, JsonObject } from '@castellan/connector-sdk';
import { type IntegrationStore, type OpenedIntegration, SecretsLockedError } from '@castellan/sync-engine';
import type { Database } from '../database/database.js';
import type { SealedSecrets } from '../secrets/sealed-secrets.js';
import { SecretsError } from '../secrets/secrets-error.js';
import { noteActionGrants } from './action-grants.js';
import { mergeSecrets } from './merge-secrets.js';

export class PgIntegrationStore implements IntegrationStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: SealedSecrets,
  ) {}

  async open(integrationId: string): Promise<OpenedIntegration | undefined> {
    const [row] = await this.database.query<{
      readonly workspaceId: string;
      readonly connectorId: string;
      readonly name: string;
      readonly config: JsonObject;
    }>(`SELECT workspace_id AS "workspaceId", connector_id AS "connectorId", name, config FROM integrations WHERE id = $1`, [
      integrationId,
    ]);
    if (row === undefined) return undefined;
    const { workspaceId, connectorId, name, config } = row;
    const secrets = await this.opened(workspaceId, integrationId);
    return { id: integrationId, connectorId, name, config: mergeSecrets(config, secrets) };
  }

  noteActionGrants(integrationId: string, grants: ActionGrants | null): Promise<void> {
    return noteActionGrants(this.database, integrationId, grants);
  }

  private async opened(workspaceId: string, integrationId: string) {
    try {
      return await this.secrets.open(this.database, { workspaceId, integrationId });
    } catch (error) {
      if (error instanceof SecretsError) throw new SecretsLockedError(error.message, { cause: error });
      throw error;
    }
  }
}
