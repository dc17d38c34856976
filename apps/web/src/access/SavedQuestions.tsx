import type { SavedQuestion } from '@castellan/api';
import { ActionIcon, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { at, remove } from '../api/ask.js';
import { isOwnPath } from '../session/own-path.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { savedQuery } from './access-queries.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

/** Questions that somebody has kept. Each is an address: opened, it is asked anew. */
export function SavedQuestions() {
  const { data, error, refetch } = useQuery(savedQuery);
  return (
    <Stack gap="xs" component="section" aria-labelledby="saved">
      <Title order={2} id="saved">
        Saved questions
      </Title>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={48} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet. “Save” on the page of a person, a group, an application or a role keeps what is asked there.
        </Text>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={styles['list']}>
          {data.map((question) => (
            <Saved key={question.id} question={question} />
          ))}
        </ul>
      )}
    </Stack>
  );
}

function Saved({ question: { id, name, address, createdBy, createdAt } }: { readonly question: SavedQuestion }) {
  const [isAsked, setIsAsked] = useState(false);
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: () => remove(at('saved-questions', id)),
    onSuccess: () => queries.invalidateQueries(savedQuery),
  });
  return (
    <li>
      <Group justify="space-between" wrap="nowrap">
        <div className={styles['entry']}>
          {/* Written by the API, which keeps paths only; another host is never led to. */}
          {isOwnPath(address) ? (
            <Anchor component={Link} to={address} size="sm" display="block">
              {name}
            </Anchor>
          ) : (
            <Text size="sm">{name}</Text>
          )}
          <Text size="xs" c="dimmed">
            {createdBy !== null && `${createdBy.name}, `}
            <Ago at={createdAt} />
          </Text>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove “${name}”`} onClick={() => setIsAsked(true)}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Confirm
        title="Remove this question"
        label="Remove it"
        danger
        opened={isAsked}
        onClose={() => setIsAsked(false)}
        isPending={forget.isPending}
        error={forget.error}
        onConfirm={() => forget.mutate()}
      >
        “{name}” is removed for everybody in the workspace. What it asks about stays as it is.
      </Confirm>
    </li>
  );
}
