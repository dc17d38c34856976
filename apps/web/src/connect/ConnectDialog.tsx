import type { ConnectorDetail, Edited, IntegrationDetail } from '@castellan/api';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { connectorQuery } from '../connectors/connector-queries.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useSession } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { ConnectionForm } from './ConnectionForm.js';
import { ConnectionModal } from './ConnectionModal.js';
import { EMPTY, useConnection } from './connection.js';
import { defaultName } from './default-name.js';
import { useDiscard } from './discard.js';
import { type Labels, NameAndOwner } from './NameAndOwner.js';
import { useSending } from './sending.js';
import { announce, showStored } from './stored-integration.js';
import { Unavailable } from './Unavailable.js';
import { unplaced, useTrial } from './trial.js';

const route = getRouteApi('/signed-in/integrations/add/$connector');

/** Connects something new. */
export function ConnectDialog() {
  const { connector: id } = route.useParams();
  const { data: connector } = useSuspenseQuery(connectorQuery(id));
  const navigate = useNavigate();
  const close = (): void => void navigate({ to: '/integrations/add' });
  if (connector.form === undefined) return <Unavailable connector={connector} onClose={close} />;
  return <NewConnection key={id} connector={connector} close={close} />;
}

const OWN_FIELDS = ['name', 'owner'];

function NewConnection({ connector, close }: { readonly connector: ConnectorDetail; readonly close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useSession().user?.id ?? null;
  const { data: others = [] } = useQuery(integrationsQuery);
  const [labels, setLabels] = useState<Labels>({ name: '', owner: me });
  const connection = useConnection(connector, EMPTY);
  const trial = useTrial(connector, connection);
  const isChanged = connection.isChanged || labels.name !== '' || labels.owner !== me;
  const discard = useDiscard(isChanged, close);
  const sending = useSending(
    trial,
    (acceptIncomplete) =>
      post<IntegrationDetail & Edited>('/integrations', {
        connector: connector.id,
        config: connection.settings,
        owner: labels.owner,
        ...(labels.name.trim() !== '' && { name: labels.name }),
        ...(acceptIncomplete && { acceptIncomplete }),
      }),
    (answer) => {
      showStored(queries, answer);
      announce(answer, 'Connected. The first sync has begun.');
      discard.done(() => void navigate({ to: '/integrations' }));
    },
  );
  const problem = unplaced(sending.error, OWN_FIELDS);
  return (
    <ConnectionModal title={`Connect ${connector.name}`} discard={discard}>
      <ConnectionForm
        connector={connector}
        connection={connection}
        trial={trial}
        label="Create"
        canTest
        isSending={sending.isPending}
        problem={problem !== undefined && <Failed error={problem} />}
        send={sending.send}
        onCancel={discard.leave}
        above={
          <NameAndOwner
            labels={labels}
            usualName={defaultName(
              connector.name,
              others.map(({ name }) => name),
            )}
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
