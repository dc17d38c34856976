import { Group, Stack, Switch, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useIntegration } from '../integrations/use-integration.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { RunsTable } from './RunsTable.js';
import { runsQuery } from './run-queries.js';
import { Loading } from '../states/Loading.js';

/** The history of an integration, newest first. */
export function RunsTab() {
  const { integration } = useIntegration();
  const { failed = false } = useSearch({ strict: false });
  const navigate = useNavigate({ from: '/integrations/$id/runs' });
  const list = useInfiniteQuery(runsQuery(integration.id, failed));
  const { data, error, refetch } = list;
  const runs = data?.pages.flatMap(({ items }) => items);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          A look for changes that finds none leaves no run here.
        </Text>
        <Switch
          label="Failed only"
          checked={failed}
          onChange={({ currentTarget: { checked } }) =>
            void navigate({ search: checked ? { failed: true } : {}, replace: true })
          }
        />
      </Group>
      {error !== null && !list.isFetchNextPageError && <Failed error={error} retry={() => void refetch()} />}
      {runs === undefined && error === null && <Loading height={240} />}
      {runs?.length === 0 && (
        <Empty icon={IconHistory} title={failed ? 'No run has failed' : 'Nothing has run yet'}>
          {failed
            ? 'Every run that is remembered has read all that it was to read.'
            : 'The first sync shows here as soon as it begins.'}
        </Empty>
      )}
      {runs !== undefined && runs.length > 0 && <RunsTable runs={runs} />}
      <LoadMore list={list} label="Show earlier runs" />
    </Stack>
  );
}
