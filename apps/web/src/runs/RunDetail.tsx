import type { RunView, StreamRunView } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { STREAM_LOOKS } from '../integrations/stream-looks.js';
import { streamTitle } from '../integrations/stream-words.js';
import { withClockTimes } from '../integrations/status-words.js';
import { useIntegration } from '../integrations/use-integration.js';
import { Look } from '../states/Look.js';
import { useNow } from '../states/now.js';
import { spanWords } from '../states/time-words.js';
import { Changes } from './Changes.js';
import { secondsOf, warningsOf } from './run-words.js';

const NUMBER = new Intl.NumberFormat('en');

/** What a run did, stream by stream. */
export function RunDetail({ run }: { readonly run: RunView }) {
  const now = useNow();
  const { integration } = useIntegration();
  const order = new Map(integration.streams.map(({ name }, index) => [name, index]));
  const place = ({ name }: StreamRunView): number => order.get(name) ?? order.size;
  return (
    <Stack gap="xs" p="xs">
      {run.error !== null && (
        <Text size="sm" c="var(--castellan-red)">
          {withClockTimes(run.error.message, now)}
        </Text>
      )}
      {run.drift !== null && run.drift > 0 && (
        <Text size="sm">
          {NUMBER.format(run.drift)} of the changed rows had not been named by the provider’s log: only this full listing has
          found them.
        </Text>
      )}
      {run.attempt > 0 && (
        <Text size="sm">Taken up again {run.attempt === 1 ? 'once' : `${run.attempt} times`} after a pause.</Text>
      )}
      {run.streams.length === 0 ? (
        <Text size="sm" c="dimmed">
          No stream was begun.
        </Text>
      ) : (
        <Table verticalSpacing={4} aria-label="Streams of this run">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stream</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Rows</Table.Th>
              <Table.Th>Changes</Table.Th>
              <Table.Th>Took</Table.Th>
              <Table.Th>Remarks</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {run.streams
              .toSorted((a, b) => place(a) - place(b))
              .map((stream) => (
                <StreamRow key={stream.name} stream={stream} now={now} />
              ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

function StreamRow({ stream, now }: { readonly stream: StreamRunView; readonly now: number }) {
  const { name, state, counts, error } = stream;
  const remarks = [...(error === null ? [] : [withClockTimes(error.message, now)]), ...warningsOf(counts)];
  return (
    <Table.Tr>
      <Table.Td>{streamTitle(name)}</Table.Td>
      <Table.Td>
        <Look look={STREAM_LOOKS[state]} />
      </Table.Td>
      <Table.Td>{NUMBER.format(counts.created + counts.changed + counts.unchanged)}</Table.Td>
      <Table.Td>
        <Changes counts={counts} />
      </Table.Td>
      <Table.Td>{spanWords(secondsOf(stream, now) ?? 0)}</Table.Td>
      <Table.Td>{remarks.join('; ')}</Table.Td>
    </Table.Tr>
  );
}
