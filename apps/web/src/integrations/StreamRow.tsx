import type { StreamView } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { kindOf } from '../records/kinds.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { useNow } from '../states/now.js';
import { Scopes } from './Scopes.js';
import { withClockTimes } from './status-words.js';
import { streamLook } from './stream-looks.js';
import { streamTitle } from './stream-words.js';

export function StreamRow({ stream }: { readonly stream: StreamView }) {
  const { name, kind, freshAt, requires, error } = stream;
  const title = streamTitle(name);
  const { many } = kindOf(kind);
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        {many.toLowerCase() !== title.toLowerCase() && (
          <Text size="xs" c="dimmed">
            {many}
          </Text>
        )}
      </Table.Td>
      <Table.Td maw={360}>
        <Look look={streamLook(stream)} />
        <Reasons stream={stream} />
      </Table.Td>
      <Table.Td>{freshAt === null ? 'Never' : <Ago at={freshAt} />}</Table.Td>
      <Table.Td>
        <Scopes of={title} scopes={requires} missing={error?.missing ?? []} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Why it is not fresher, and what of it is missing. */
function Reasons({ stream: { error, unlisted, unlistedCount } }: { readonly stream: StreamView }) {
  const now = useNow();
  if (error === null && unlistedCount === 0) return null;
  const more = unlistedCount - unlisted.length;
  return (
    <Stack gap={2} mt={4}>
      {error !== null && <Text size="sm">{withClockTimes(error.message, now)}</Text>}
      {unlistedCount > 0 && (
        <details>
          <Text component="summary" size="sm">
            {unlistedCount === 1 ? '1 part was' : `${unlistedCount} parts were`} not listed; their rows stay as they were
          </Text>
          <Stack component="ul" gap={2} m={0} pl="md" fz="sm">
            {unlisted.map(({ partition, reason }) => (
              <li key={partition}>
                {partition}: {reason}
              </li>
            ))}
            {more > 0 && <li>and {more} more</li>}
          </Stack>
        </details>
      )}
    </Stack>
  );
}
