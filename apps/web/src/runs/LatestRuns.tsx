import type { IntegrationDetail } from '@castellan/api';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { RunStrip } from './RunStrip.js';
import { RUN_LOOKS } from './run-looks.js';
import { latestRunsQuery } from './run-queries.js';

export function LatestRuns({ integration: { id, lastRun } }: { readonly integration: IntegrationDetail }) {
  const { data, error, refetch } = useQuery(latestRunsQuery(id));
  return (
    <Panel
      title="Latest runs"
      aside={
        <AnchorLink to="/integrations/$id/runs" params={{ id }} size="sm">
          All runs
        </AnchorLink>
      }
    >
      {data === undefined && error === null && <Skeleton height={44} />}
      {data === undefined && error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined && data.length > 0 && <RunStrip runs={data} />}
      <Text size="sm" c="dimmed">
        {lastRun === null ? (
          'None yet.'
        ) : (
          <>
            The last full listing: {RUN_LOOKS[lastRun.state].word.toLowerCase()},{' '}
            <Ago at={lastRun.finishedAt ?? lastRun.createdAt} />.
          </>
        )}
      </Text>
    </Panel>
  );
}
