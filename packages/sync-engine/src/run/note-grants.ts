import { type Connector, type ConnectorContext, ConnectorError } from '@castellan/connector-sdk';
import type { IntegrationStore } from '../ports/integration-store.js';

interface Noting {
  readonly connector: Connector;
  readonly context: ConnectorContext<object>;
  readonly integrations: IntegrationStore;
  readonly integrationId: string;
}

/** What actions could be done is not known where the provider does not say, and no run ends badly for that. */
export async function noteGrants({ connector, context, integrations, integrationId }: Noting): Promise<void> {
  if (connector.actionGrants === undefined || connector.actionsOf(context.config).length === 0) return;
  const grants = await connector.actionGrants(context).catch((error: unknown) => {
    const known = ConnectorError.from(error);
    context.logger.info('what is granted for actions was not seen', { error: known.view(), detail: known.detail });
  });
  if (grants !== undefined && !context.signal.aborted) await integrations.noteActionGrants(integrationId, grants);
}
