import { ActionIcon, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Freshness } from './Freshness.js';
import { useNow } from './now.js';

interface SeenProps {
  /** When it was read, in milliseconds since 1970; 0: not yet. */
  readonly at: number;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

/** How old a list of the host's own is, and a button to read it again. */
export function Seen({ at, isFetching, onRefresh }: SeenProps) {
  // What was read since the clock of the page has moved was read now, not in a moment.
  const seen = Math.min(at, useNow());
  return (
    <Group gap={4}>
      {at > 0 && <Freshness asOf={new Date(seen).toISOString()} everySeconds={0} />}
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Read again" loading={isFetching} onClick={onRefresh}>
        <IconRefresh size={15} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
