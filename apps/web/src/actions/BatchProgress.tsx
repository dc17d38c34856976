import type { ActionBatchView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ProgressBar } from '../progress/ProgressBar.js';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { Look } from '../states/Look.js';
import { BATCH_LOOKS, countsWords } from './action-words.js';
import { BatchDecisions } from './BatchDecisions.js';
import { batchQuery, useBatchDecision } from './batch-queries.js';
import { RequestList } from './RequestList.js';

interface BatchProgressProps {
  readonly id: string;
  /** What people call its objects, by their inputs as JSON; left out: nobody knows. */
  readonly labels?: ReadonlyMap<string, string>;
}

/** How far a batch is, with the stop, and what became of each object. */
export function BatchProgress({ id, labels }: BatchProgressProps) {
  const { data, error, refetch } = useQuery(batchQuery(id));
  if (data === undefined)
    return error === null ? <Loading height={160} /> : <Failed error={error} retry={() => void refetch()} />;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} role="status" aria-live="polite">
          <Look look={BATCH_LOOKS[data.state]} />
          {/* What waits waits all of it. */}
          {data.state !== 'proposed' && <Text size="sm">{countWords(data)}</Text>}
        </Stack>
        <Group gap={6}>
          {data.state === 'running' && <StopButton batch={data} />}
          <BatchDecisions batch={data} />
        </Group>
      </Group>
      {data.state === 'running' && <ProgressBar label="Objects that are over" share={overOf(data) / Math.max(1, data.size)} />}
      {data.stop !== null && (
        <Text size="sm">
          Stopped {data.stop.by === null ? 'by itself' : `by ${data.stop.by.name}`} <Ago at={data.stop.at} />
          {/* Of a person it says the same once more. */}
          {data.stop.by === null ? `: ${data.stop.why}` : '.'}
          {data.stop.missing.length > 0 && ` Missing: ${data.stop.missing.join(', ')}.`}
        </Text>
      )}
      <Refused batch={data} labels={labels} />
      <RequestList where={{ batch: id }} label="Each object" isEndSaid={data.stop !== null} />
    </Stack>
  );
}

function StopButton({ batch }: { readonly batch: ActionBatchView }) {
  const mayAsk = useMay('actions:request');
  const stop = useBatchDecision(batch.id);
  if (!mayAsk) return null;
  return (
    <Stack gap={4}>
      <Button
        size="compact-sm"
        color="red.8"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        loading={stop.isPending}
        onClick={() => stop.mutate('stop')}
      >
        Stop
      </Button>
      {stop.error !== null && <Failed error={stop.error} />}
    </Stack>
  );
}

interface RefusedProps {
  readonly batch: ActionBatchView;
  readonly labels: BatchProgressProps['labels'];
}

function Refused({ batch: { refused }, labels }: RefusedProps) {
  if (refused.length === 0) return null;
  return (
    <section aria-label="Not taken into it">
      <Text size="xs" c="dimmed">
        Not taken into it
      </Text>
      <ul>
        {refused.map(({ input, problem }) => (
          // The same may have been asked for twice, each time refused for something else.
          <li key={JSON.stringify([input, problem])}>
            <Text size="sm">
              {labels?.get(JSON.stringify(input)) ?? Object.values(input).join(', ')}: {problem.message}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

const OVER: readonly (keyof ActionBatchView['counts'])[] = ['verified', 'already', 'failed', 'withdrawn', 'rejected', 'undone'];

/** What was done and is not seen may be looked at again; once the batch has ended it is not. */
const overOf = ({ counts, size, endedAt }: ActionBatchView): number =>
  endedAt === null ? OVER.reduce((sum, state) => sum + counts[state], 0) : size;

/** `4 of 20 over: 2 done and seen, 1 failed, 1 so already`. */
function countWords(batch: ActionBatchView): string {
  return `${overOf(batch)} of ${batch.size} over: ${countsWords(batch.counts)}.`;
}
