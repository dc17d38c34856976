import type { ApiKeyView } from '@castellan/api';
import { Button, Code, Group, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconClockX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { at, remove } from '../api/ask.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Look } from '../states/Look.js';
import type { StateLook } from '../states/state-look.js';
import { apiKeysQuery } from './api-key-queries.js';

const LOOKS: Readonly<Record<ApiKeyView['state'], StateLook>> = {
  active: { icon: IconCircleCheck, word: 'Active', color: 'green' },
  expired: { icon: IconClockX, word: 'Over', color: 'gray' },
  revoked: { icon: IconCircleOff, word: 'Revoked', color: 'gray' },
};

export function ApiKeyRow({ apiKey }: { readonly apiKey: ApiKeyView }) {
  const { name, state, scopes, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={550}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td>
        <Look look={LOOKS[state]} />
      </Table.Td>
      <Table.Td maw={300}>
        <Group gap={4}>
          {scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Ago at={createdAt} />
        <Text size="xs" c="dimmed">
          {createdBy === null ? 'by a program, or somebody who left' : `by ${createdBy.name}`}
        </Text>
      </Table.Td>
      <Table.Td>{lastUsedAt === null ? 'Never' : <Ago at={lastUsedAt} />}</Table.Td>
      <Table.Td>
        <Ago at={revokedAt ?? expiresAt} />
      </Table.Td>
      <Table.Td>{state === 'active' && <Revoke apiKey={apiKey} />}</Table.Td>
    </Table.Tr>
  );
}

function Revoke({ apiKey: { id, name } }: { readonly apiKey: ApiKeyView }) {
  const [isOpen, setIsOpen] = useState(false);
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => remove(at('api-keys', id)),
    onSuccess: async () => {
      setIsOpen(false);
      await queries.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
  });
  return (
    <>
      <Button variant="default" size="compact-sm" aria-label={`Revoke ${name}`} onClick={() => setIsOpen(true)}>
        Revoke
      </Button>
      <Confirm
        title={`Revoke ${name}?`}
        label="Revoke"
        danger
        opened={isOpen}
        onClose={() => {
          revoke.reset();
          setIsOpen(false);
        }}
        isPending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
      >
        The program that uses it is refused from its next request on. A revoked key cannot be brought back: make a new one.
      </Confirm>
    </>
  );
}
