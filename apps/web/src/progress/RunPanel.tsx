import type { RunProgressView } from '@castellan/api';
import { Group, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { Ago } from '../states/Ago.js';
import { useNow } from '../states/now.js';
import { Panel } from '../states/Panel.js';
import { ProgressBar } from './ProgressBar.js';
import { runWords } from './progress-words.js';
import { StreamLine } from './StreamLine.js';
import { waitWords } from './wait-words.js';

const NUMBER = new Intl.NumberFormat('en');

/** A run under way, stream by stream. */
export function RunPanel({ run, of }: { readonly run: RunProgressView; readonly of: string }) {
  const { title, left, share } = runWords(run);
  const waits = waitWords(run.waits, useNow());
  const { calls, floorMinutes, startedAt, streams } = run;
  return (
    <Panel
      title={title}
      aside={
        <Text size="sm" c="dimmed">
          {left ?? (startedAt === null ? 'about to begin' : <>began {<Ago at={startedAt} />}</>)}
        </Text>
      }
    >
      <ProgressBar label={`${title} of ${of}`} share={share} />
      {calls !== null && (
        <Text size="sm" c="dimmed">
          {NUMBER.format(calls.done)} of {NUMBER.format(calls.planned)} requests to the provider
          {calls.perMinute !== null && `, at most ${NUMBER.format(calls.perMinute)} a minute`}
          {floorMinutes !== null &&
            floorMinutes >= 1 &&
            `; its limits allow no less than ${Math.ceil(floorMinutes)} min in all`}
        </Text>
      )}
      {waits.map((wait) => (
        <Group key={wait} gap={6} wrap="nowrap" c="var(--castellan-amber)">
          <IconHourglass size={16} aria-hidden style={{ flex: 'none' }} />
          <Text size="sm">{wait}</Text>
        </Group>
      ))}
      <Stack gap={4}>
        {streams.map((stream) => (
          <StreamLine key={stream.name} stream={stream} />
        ))}
      </Stack>
    </Panel>
  );
}
