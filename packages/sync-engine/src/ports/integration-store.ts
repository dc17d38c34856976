import type { JsonObject } from '@castellan/connector-sdk';

/** An integration as a run needs it: its settings with the secrets opened. Never logged, never sent anywhere. */
export interface OpenedIntegration {
  readonly id: string;
  readonly connectorId: string;
  readonly name: string;
  readonly config: JsonObject;
}

export interface IntegrationStore {
  /** @throws Error when the secrets cannot be opened (wrong key); `undefined` when there is no such integration. */
  open(integrationId: string): Promise<OpenedIntegration | undefined>;
}
