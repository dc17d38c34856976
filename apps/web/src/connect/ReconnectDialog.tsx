import type { ConnectorDetail, Edited, IntegrationDetail } from '@castellan/api';
import { Alert } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { ConnectionForm } from './ConnectionForm.js';
import { ConnectionModal } from './ConnectionModal.js';
import { useConnection } from './connection.js';
import { useDiscard } from './discard.js';
import { useSending } from './sending.js';
import { announce, showStored } from './stored-integration.js';
import { unplaced, useTrial } from './trial.js';
import { WithConnector } from './WithConnector.js';

export interface IntegrationDialogProps {
  readonly integration: IntegrationDetail;
  readonly onClose: () => void;
}

/** Connects an integration anew: everything is entered again, secrets included; its data and its history stay. */
export function ReconnectDialog(props: IntegrationDialogProps) {
  const { integration, onClose } = props;
  return (
    <WithConnector connector={integration.connector} onClose={onClose}>
      {(connector) => <Reconnection {...props} connector={connector} />}
    </WithConnector>
  );
}

function Reconnection({ integration, onClose, connector }: IntegrationDialogProps & { readonly connector: ConnectorDetail }) {
  const queries = useQueryClient();
  const connection = useConnection(connector, { settings: integration.config, stored: [] });
  const trial = useTrial(connector, connection);
  const discard = useDiscard(connection.isChanged, onClose);
  const sending = useSending(
    trial,
    (acceptIncomplete) =>
      post<IntegrationDetail & Edited>(`${at('integrations', integration.id)}/reconnect`, {
        config: connection.settings,
        ...(acceptIncomplete && { acceptIncomplete }),
      }),
    (answer) => {
      showStored(queries, answer);
      announce(answer, 'Connected again. A sync begins.');
      discard.done(onClose);
    },
  );
  const problem = unplaced(sending.error, []);
  return (
    <ConnectionModal title={`Reconnect ${integration.name}`} discard={discard}>
      <ConnectionForm
        connector={connector}
        connection={connection}
        trial={trial}
        label="Reconnect"
        canTest
        isSending={sending.isPending}
        problem={problem !== undefined && <Failed error={problem} />}
        send={sending.send}
        onCancel={discard.leave}
        above={
          <Alert color="blue" title="Its data and its history stay">
            Enter all secrets again.
            {integration.tenant !== null &&
              ` It must be the same organisation, ${integration.tenant}: another one is refused, and is connected as an app of its own.`}
          </Alert>
        }
      />
    </ConnectionModal>
  );
}
