import type { JsonObject } from '@castellan/connector-sdk';
import type { SecretChanges, SecretStatus } from '../secrets/sealed-secrets.js';

export interface Integration {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly name: string;
  readonly owner: IntegrationOwner | null;
  /** Without its secrets. */
  readonly config: JsonObject;
  /** Grows with each change of settings or secrets. */
  readonly configRevision: number;
  /** Which secrets are set, and since when; never more. */
  readonly secrets: readonly SecretStatus[];
  /** The provider's own id of the organisation. */
  readonly tenantId: string | null;
  readonly scheduleSeconds: number;
  readonly paused: boolean;
  readonly nextRunAt: Date;
  /** `null`: as often as the host polls. 0: never. */
  readonly pollSeconds: number | null;
  readonly nextPollAt: Date | null;
  readonly polledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Its place in the list, for the page that comes after it: to the microsecond, which a Date would cut off. */
  readonly position: string;
}

export interface IntegrationOwner {
  /** A user of the workspace. `null`: somebody who was named before owners were users. */
  readonly id: string | null;
  readonly name: string;
}

export interface NewIntegration {
  readonly connectorId: string;
  /** Made unique in the workspace: `Acme`, `Acme 2`. */
  readonly name: string;
  /** A name that a person has chosen is refused when it is taken, and never numbered. */
  readonly isNameChosen?: boolean;
  readonly ownerId?: string | null;
  readonly config: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly tenantId?: string | null;
  readonly scheduleSeconds?: number;
  readonly pollSeconds?: number | null;
}

export interface IntegrationChanges {
  readonly name?: string;
  readonly ownerId?: string | null;
  readonly config?: JsonObject;
  readonly secrets?: SecretChanges;
  readonly tenantId?: string | null;
  readonly scheduleSeconds?: number;
  readonly pollSeconds?: number | null;
  readonly paused?: boolean;
  /** The next full run is due now. */
  readonly isDue?: boolean;
}

/** Two integrations of a workspace may not have one name. */
export class NameTakenError extends Error {
  constructor(name: string) {
    super(`There is already an integration named "${name}".`);
    this.name = 'NameTakenError';
  }
}

/** Somebody else has changed the settings since they were read. */
export class ConfigChangedError extends Error {
  constructor() {
    super('The settings were changed meanwhile.');
    this.name = 'ConfigChangedError';
  }
}

/** No run may begin. */
export class IntegrationPausedError extends Error {
  constructor() {
    super('The integration is paused.');
    this.name = 'IntegrationPausedError';
  }
}
