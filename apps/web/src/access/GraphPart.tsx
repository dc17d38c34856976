import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { graphQuery } from './access-queries.js';
import { GraphTable } from './GraphTable.js';
import { graphSentence } from './graph-words.js';
import { PastFailed } from './PastFailed.js';
import type { Entity } from './use-entity.js';
import { Loading } from '../states/Loading.js';

// What draws is bigger than all pages together: only who wants to see it waits for it.
const GraphPicture = lazy(async () => ({ default: (await import('./GraphPicture.js')).GraphPicture }));

const VIEWS = [
  { value: 'table', label: 'Table' },
  { value: 'graph', label: 'Graph' },
];

/** What is around the one that the page is about, as a table or drawn. */
export function GraphPart({ entity: { place, search, change } }: { readonly entity: Entity }) {
  const { data, error, refetch } = useQuery(graphQuery(place, search.at));
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Shown as"
          data={VIEWS}
          value={search.view ?? 'table'}
          onChange={(view) => change({ view: view === 'graph' ? view : undefined }, true)}
        />
        {data !== undefined && (
          <Text size="sm" c="dimmed">
            {graphSentence(data)}
          </Text>
        )}
      </Group>
      {error !== null && (
        <PastFailed
          error={error}
          retry={() => void refetch()}
          {...(search.at !== undefined && { onNow: () => change({ at: undefined }) })}
        />
      )}
      {data === undefined && error === null && <Loading height={320} />}
      {data !== undefined && search.view !== 'graph' && (
        <GraphTable graph={data} integration={place.integration} at={search.at} />
      )}
      {data !== undefined && search.view === 'graph' && (
        <Suspense fallback={<Loading height={420} />}>
          <GraphPicture graph={data} integration={place.integration} at={search.at} />
        </Suspense>
      )}
    </Stack>
  );
}
