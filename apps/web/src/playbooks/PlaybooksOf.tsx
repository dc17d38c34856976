import { Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ActionCause } from '../actions/action-queries.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Look } from '../states/Look.js';
import { runsQuery } from './playbook-queries.js';
import { RUN_LOOKS, WAITS_WORDS } from './playbook-words.js';
import { StartPlaybook } from './StartPlaybook.js';
import styles from './playbooks.module.css';

/** Playbooks that have begun because of a finding or an incident, and the way to begin one. */
export function PlaybooksOf({ cause }: { readonly cause: ActionCause }) {
  const query = useInfiniteQuery(runsQuery(cause));
  const { data, error, refetch } = query;
  const runs = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} component="h3">
          Playbooks
        </Text>
        <StartPlaybook cause={cause} />
      </Group>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined && runs.length === 0 && (
        <Text size="sm" c="dimmed">
          None has begun because of this.
        </Text>
      )}
      {runs.length > 0 && (
        <ul className={styles['rows']} aria-label="Runs of playbooks">
          {runs.map(({ id, playbook, subject, state, waitsFor, startedAt }) => (
            <li key={id} className={styles['item']}>
              <div>
                <AnchorLink to="/playbooks/runs/$id" params={{ id }} size="sm">
                  {playbook.title}: {subject.name}
                </AnchorLink>
                <Text size="xs" c="dimmed">
                  begun <Ago at={startedAt} />
                  {waitsFor !== null && ` · ${WAITS_WORDS[waitsFor]}`}
                </Text>
              </div>
              <Look look={RUN_LOOKS[state]} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={query} label="Show older ones" />
    </Stack>
  );
}
