import type { ConnectorDetail, Edited, IntegrationDetail } from '@castellan/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { at, patch } from '../api/ask.js';
import { integrationQuery } from '../integrations/integration-queries.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { useNow } from '../states/now.js';
import { ChangedMeanwhile } from './ChangedMeanwhile.js';
import { ConnectionForm } from './ConnectionForm.js';
import { ConnectionModal } from './ConnectionModal.js';
import { useConnection } from './connection.js';
import { useDiscard } from './discard.js';
import { type Labels, NameAndOwner } from './NameAndOwner.js';
import type { IntegrationDialogProps } from './ReconnectDialog.js';
import { useSending } from './sending.js';
import { storedStart } from './stored-settings.js';
import { announce, showStored } from './stored-integration.js';
import { unplaced, useTrial } from './trial.js';
import { WithConnector } from './WithConnector.js';

/** Changes what a person has set. Secrets stay as they are until they are replaced. */
export function SettingsDialog({ integration, onClose }: IntegrationDialogProps) {
  // What is edited is what was there when the dialog opened, whatever the page behind it learns meanwhile.
  const [base, setBase] = useState(integration);
  return (
    <WithConnector connector={integration.connector} onClose={onClose}>
      {(connector) => (
        <Editing key={base.revision} integration={base} onClose={onClose} connector={connector} onNewer={setBase} />
      )}
    </WithConnector>
  );
}

interface EditingProps extends IntegrationDialogProps {
  readonly connector: ConnectorDetail;
  readonly onNewer: (integration: IntegrationDetail) => void;
}

const OWN_FIELDS = ['name', 'owner'];

function Editing({ integration, connector, onClose, onNewer }: EditingProps) {
  const { id, name, owner, revision } = integration;
  const queries = useQueryClient();
  const before: Labels = { name, owner: owner?.id ?? null };
  const [labels, setLabels] = useState(before);
  const now = useNow();
  const connection = useConnection(connector, storedStart(connector, integration, now));
  const trial = useTrial(connector, connection);
  const isRelabelled = labels.name !== before.name || labels.owner !== before.owner;
  const discard = useDiscard(connection.isChanged || isRelabelled, onClose);
  const sending = useSending(
    trial,
    (acceptIncomplete) =>
      patch<IntegrationDetail & Edited>(at('integrations', id), {
        ...(labels.name !== before.name && { name: labels.name }),
        ...(labels.owner !== before.owner && { owner: labels.owner }),
        // A name alone needs no test of the connection.
        ...((connection.isChanged || !isRelabelled) && { config: connection.settings, revision }),
        ...(acceptIncomplete && { acceptIncomplete }),
      }),
    (answer) => {
      showStored(queries, answer);
      announce(answer, 'Saved.');
      discard.done(onClose);
    },
  );
  const problem = unplaced(sending.error, OWN_FIELDS);
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
        above={
          <NameAndOwner
            labels={labels}
            issueOf={refused(sending.error, OWN_FIELDS).of}
            onChange={(next) => {
              setLabels(next);
              sending.forget();
            }}
          />
        }
      />
    </ConnectionModal>
  );
}
