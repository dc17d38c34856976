import type { IntegrationDetail } from '@castellan/api';
import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { connectorQuery } from '../connectors/connector-queries.js';
import { readForm } from '../form/form-schema.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { FactList } from './FactList.js';
import { type SettingRow, settingRows } from './setting-rows.js';
import { Loading } from '../states/Loading.js';

/** What the connection is made with, as the host shows it: of secrets only that they are there. */
export function StoredSettings({ integration }: { readonly integration: IntegrationDetail }) {
  const { connector, config } = integration;
  const { data, error, refetch } = useQuery(connectorQuery(connector.id));
  const fields = useMemo(() => (data?.form === undefined ? undefined : readForm(data.form)), [data]);
  if (connector.status === 'unavailable') return <Code block>{JSON.stringify(config, null, 2)}</Code>;
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (fields === undefined) return <Loading height={140} />;
  return <FactList facts={settingRows(fields, config).map((row) => [row.label, <Value key={row.key} value={row.value} />])} />;
}

function Value({ value }: Pick<SettingRow, 'value'>) {
  if ('text' in value) return value.text;
  return value.secretSince === null ? (
    'Set'
  ) : (
    <>
      Set <Ago at={value.secretSince} />
    </>
  );
}
