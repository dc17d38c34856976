import type { ActionGrants, JsonObject } from '@castellan/connector-sdk';

/** An integration as a run needs it: its settings with the secrets opened. Never logged, never sent anywhere. */
export interface OpenedIntegration {
  readonly id: string;
  readonly connectorId: string;
  readonly name: string;
  readonly config: JsonObject;
}

export interface IntegrationStore {
  /**
   * `undefined` when there is no such integration.
   * @throws SecretsLockedError when its secrets cannot be opened, which no further try will change.
   */
  open(integrationId: string): Promise<OpenedIntegration | undefined>;
  /** @param grants what was seen now; `null`: it cannot be known. */
  noteActionGrants(integrationId: string, grants: ActionGrants | null): Promise<void>;
}

/** The secrets were sealed with another key, or were damaged. */
export class SecretsLockedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretsLockedError';
  }
}
