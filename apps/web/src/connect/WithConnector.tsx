import type { ConnectorDetail, IntegrationView } from '@castellan/api';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { connectorQuery } from '../connectors/connector-queries.js';
import { Failed } from '../states/Failed.js';
import { Unavailable } from './Unavailable.js';
import { Loading } from '../states/Loading.js';

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
    <Modal opened lockScroll={false} onClose={onClose} title={connector.name} transitionProps={{ duration: 0 }}>
      {error === null ? <Loading height={240} /> : <Failed error={error} retry={() => void refetch()} />}
    </Modal>
  );
}
