import type { IntegrationView, StreamView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { Freshness } from '../states/Freshness.js';
import { spanWords } from '../states/time-words.js';
import { streamTitle } from './stream-words.js';

interface FreshnessOfProps {
  readonly integration: Pick<IntegrationView, 'freshness'> & { readonly streams?: readonly StreamView[] };
}

/** How fresh the rows of an integration are, by stream where that is known. */
export function FreshnessOf({ integration: { freshness, streams } }: FreshnessOfProps) {
  const { asOf, everySeconds, fresh, streams: count } = freshness;
  return (
    <Freshness
      asOf={asOf}
      everySeconds={everySeconds}
      {...(asOf !== null && fresh < count && { part: `${fresh} of ${count} streams` })}
      details={
        <Stack gap={2} p={4}>
          <Text size="xs" fw={600}>
            {fresh} of {count} streams are fresh; renewed every {spanWords(everySeconds)}.
          </Text>
          {streams?.map(({ name, freshAt }) => (
            <Text key={name} size="xs">
              {streamTitle(name)}: {freshAt === null ? 'never read' : <Ago at={freshAt} />}
            </Text>
          ))}
        </Stack>
      }
    />
  );
}
