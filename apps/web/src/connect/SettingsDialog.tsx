import type { ConnectorDetail, Edited, IntegrationDetail } from '@castellan/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { at, patch } from '../api/ask.js';
import { integrationQuery } from '../integrations/integration-queries.js';
import { Failed } from '../states/Failed.js';
import { useNow } from '../states/now.js';
import { ChangedMeanwhile } from './ChangedMeanwhile.js';
import { ConnectionForm } from './ConnectionForm.js';
import { ConnectionModal } from './ConnectionModal.js';
import { useConnection } from './connection.js';
import { useDiscard } from './discard.js';
import type { IntegrationDialogProps } from './ReconnectDialog.js';
import { useSending } from './sending.js';
import { storedStart } from './stored-settings.js';
import { announce, showStored } from './stored-integration.js';
import { unplaced, useTrial } from './trial.js';
import { WithConnector } from './WithConnector.js';

interface SettingsDialogProps extends IntegrationDialogProps {
  /** The setting that somebody was sent to change. */
  readonly field?: string | undefined;
}

/** Changes how something is connected. Secrets stay as they are until they are replaced. */
export function SettingsDialog({ integration, field, onClose }: SettingsDialogProps) {
  // What is edited is what was there when the dialog opened, whatever the page behind it learns meanwhile.
  const [base, setBase] = useState(integration);
  return (
    <WithConnector connector={integration.connector} onClose={onClose}>
      {(connector) => (
        <Editing
          key={base.revision}
          integration={base}
          field={field}
          onClose={onClose}
          connector={connector}
          onNewer={setBase}
        />
      )}
    </WithConnector>
  );
}

interface EditingProps extends SettingsDialogProps {
  readonly connector: ConnectorDetail;
  readonly onNewer: (integration: IntegrationDetail) => void;
}

function Editing({ integration, field, connector, onClose, onNewer }: EditingProps) {
  const { id, name, revision } = integration;
  const queries = useQueryClient();
  const connection = useConnection(connector, { ...storedStart(connector, integration, useNow()), asked: field });
  const trial = useTrial(connector, connection);
  const discard = useDiscard(connection.isChanged, onClose);
  const sending = useSending(
    trial,
    (acceptIncomplete) =>
      patch<IntegrationDetail & Edited>(at('integrations', id), {
        config: connection.settings,
        revision,
        ...(acceptIncomplete && { acceptIncomplete }),
      }),
    (answer) => {
      showStored(queries, answer);
      announce(
        answer,
        answer.revision === revision ? 'Nothing was changed.' : 'Saved. What follows is read with the new settings.',
      );
      discard.done(onClose);
    },
  );
  const problem = unplaced(sending.error, []);
  const isOutdated = problem instanceof ApiError && problem.code === 'changed-meanwhile';
  const loadNewer = async (): Promise<void> => onNewer(await queries.fetchQuery({ ...integrationQuery(id), staleTime: 0 }));
  return (
    <ConnectionModal title={`Settings of ${name}`} discard={discard}>
      <ConnectionForm
        connector={connector}
        connection={connection}
        trial={trial}
        label="Save"
        canTest={false}
        isSending={sending.isPending}
        problem={isOutdated ? <ChangedMeanwhile load={loadNewer} /> : problem !== undefined && <Failed error={problem} />}
        send={sending.send}
        onCancel={discard.leave}
      />
    </ConnectionModal>
  );
}
