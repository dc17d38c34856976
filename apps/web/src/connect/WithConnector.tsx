import type { ConnectorDetail, IntegrationView } from '@castellan/api';
import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { connectorQuery } from '../connectors/connector-queries.js';
import { Failed } from '../states/Failed.js';
import { Unavailable } from './Unavailable.js';

interface WithConnectorProps {
  readonly connector: IntegrationView['connector'];
  readonly onClose: () => void;
  readonly children: (connector: ConnectorDetail) => ReactNode;
}

/** The form of an integration's connector, or why there is none. */
export function WithConnector({ connector, onClose, children }: WithConnectorProps) {
  const { data, error, refetch } = useQuery(connectorQuery(connector.id));
  if (data?.form !== undefined) return children(data);
  if (data !== undefined) return <Unavailable connector={data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={connector.name} transitionProps={{ duration: 0 }}>
      {error === null ? <Skeleton height={240} aria-label="Loading" /> : <Failed error={error} retry={() => void refetch()} />}
    </Modal>
  );
}
