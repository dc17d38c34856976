import type { OpenSessionView } from '@castellan/api';
import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { at, remove } from '../api/ask.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { SmallTable } from '../states/SmallTable.js';
import { openSessionsQuery } from './account-queries.js';
import { browserWords } from './browser-words.js';

export function OpenSessions() {
  const { data, error, refetch } = useQuery(openSessionsQuery);
  return (
    <Stack gap="xs" component="section" aria-labelledby="sessions">
      <Title order={2} id="sessions">
        Where you are signed in
      </Title>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {(data !== undefined || error === null) && (
        <SmallTable
          label="Open sessions"
          heads={['Browser', 'Address', 'Signed in', 'Last used', 'Ends', '-Actions']}
          expected={1}
          minWidth={640}
        >
          {data?.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </SmallTable>
      )}
    </Stack>
  );
}

function SessionRow({ session }: { readonly session: OpenSessionView }) {
  const { id, agent, address, current, createdAt, lastUsedAt, expiresAt } = session;
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => remove(at('sessions', id)),
    onError: ({ message }) => notifications.show({ color: 'red', role: 'alert', title: 'The session was not ended', message }),
    onSettled: () => queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey }),
  });
  const browser = browserWords(agent);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={550} title={agent}>
            {browser}
          </Text>
          {current && (
            <Badge variant="light" size="sm" tt="none" autoContrast>
              this session
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{address}</Table.Td>
      <Table.Td>
        <Ago at={createdAt} />
      </Table.Td>
      <Table.Td>
        <Ago at={lastUsedAt} />
      </Table.Td>
      <Table.Td>
        <Ago at={expiresAt} />
      </Table.Td>
      <Table.Td>
        {!current && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`End the session of ${browser}`}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
