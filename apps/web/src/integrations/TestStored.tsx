import type { ConnectorDetail, HintedReport, IntegrationDetail } from '@castellan/api';
import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { at, post } from '../api/ask.js';
import { useConnection } from '../connect/connection.js';
import { ConnectionReport } from '../connect/ConnectionReport.js';
import { storedStart } from '../connect/stored-settings.js';
import { connectorQuery } from '../connectors/connector-queries.js';
import { Failed } from '../states/Failed.js';
import { useNow } from '../states/now.js';

interface TestStoredProps {
  readonly integration: IntegrationDetail;
  /** Other things to do with the connection, beside the button. */
  readonly children: ReactNode;
}

/** Tries the connection with what is stored, secrets included; nothing is changed by it. */
export function TestStored(props: TestStoredProps) {
  const { data } = useQuery(connectorQuery(props.integration.connector.id));
  return data?.form === undefined ? null : <Test key={props.integration.revision} {...props} connector={data} />;
}

function Test({ integration, connector, children }: TestStoredProps & { readonly connector: ConnectorDetail }) {
  const connection = useConnection(connector, storedStart(connector, integration, useNow()));
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => post<HintedReport>(at('integrations', integration.id, 'test')),
  });
  return (
    <>
      <Group gap="xs">
        {children}
        <Button size="sm" variant="default" loading={isPending} onClick={() => mutate()}>
          Test connection
        </Button>
      </Group>
      {error !== null && <Failed error={error} />}
      {data !== undefined && (
        <ConnectionReport
          connector={connector}
          connection={connection}
          trial={{ findings: { checks: data.checks, isWhole: true, of: '' }, isStale: false, remark: undefined }}
        />
      )}
    </>
  );
}
