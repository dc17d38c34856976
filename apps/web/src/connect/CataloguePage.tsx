import { Anchor, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconArrowLeft, IconPuzzle, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { connectorsQuery } from '../connectors/connector-queries.js';
import { useMay } from '../session/session.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { ConnectorCard } from './ConnectorCard.js';
import { notAllowed } from './not-allowed.js';
import { Loading } from '../states/Loading.js';

/** More than fit on a screen are searched. */
const SEARCHED_FROM = 7;

/** Everything that can be connected. */
export function CataloguePage() {
  const mayManage = useMay('integrations:manage');
  const { data, error, refetch } = useQuery({ ...connectorsQuery, enabled: mayManage });
  const [search, setSearch] = useState('');
  const found = (data ?? []).filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <Anchor component={Link} to="/integrations" size="sm" mb="xs" display="inline-block">
        <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> Integrations
      </Anchor>
      <PageTitle title="Add new app" />
      {!mayManage && <Failed error={notAllowed('Only who may manage integrations can add an app. Ask an administrator.')} />}
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {mayManage && data === undefined && error === null && <Loading height={120} maw={360} />}
      {mayManage && data?.length === 0 && (
        <Empty icon={IconPuzzle} title="There is no connector on this host">
          A connector is a package: whoever runs the host can install one.
        </Empty>
      )}
      {mayManage && data !== undefined && data.length >= SEARCHED_FROM && (
        <TextInput
          aria-label="Search apps"
          placeholder="Search"
          type="search"
          maw={360}
          mb="md"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {mayManage && found.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
          {found.map((connector) => (
            <ConnectorCard key={connector.id} connector={connector} />
          ))}
        </SimpleGrid>
      )}
      {data !== undefined && data.length > 0 && found.length === 0 && (
        <Text role="status">No app is called like that. Search for another name.</Text>
      )}
      {mayManage && <Outlet />}
    </>
  );
}
