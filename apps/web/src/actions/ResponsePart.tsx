import type { OfferedAction, PossibleAction } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Loading } from '../states/Loading.js';
import { useMay } from '../session/session.js';
import { type ActionPlace, responsePartQuery } from './action-queries.js';
import styles from './actions.module.css';

interface ResponsePartProps {
  readonly place: ActionPlace;
  readonly relation: string;
  readonly actions: readonly OfferedAction[];
  readonly onChoose: (action: OfferedAction, possible: PossibleAction) => void;
}

/** What a record has, by one relation, and what can be done to each. */
export function ResponsePart({ place, relation, actions, onChoose }: ResponsePartProps) {
  const query = useInfiniteQuery(responsePartQuery(place, relation));
  const mayAsk = useMay('actions:request');
  const { data, error, refetch } = query;
  if (data === undefined)
    return error === null ? <Loading height={80} /> : <Failed error={error} retry={() => void refetch()} />;
  return (
    <Stack gap="xs">
      <ul className={styles['rows']}>
        {data.pages
          .flatMap(({ items }) => items)
          .map(({ subject, via, since, actions: possible }) => (
            <li key={subject.key} className={styles['row']}>
              <div>
                <Text size="sm">{subject.label}</Text>
                <Text size="xs" c="dimmed">
                  {[
                    subject.detail === subject.label ? null : subject.detail,
                    via['scope'] === 'group' ? 'through a group' : null,
                  ]
                    .filter((fact) => fact !== null)
                    .map((fact) => `${fact} · `)
                    .join('')}
                  since <Ago at={since} />
                </Text>
              </div>
              {mayAsk && (
                <Group gap={6} justify="flex-end">
                  {possible.flatMap((one) => {
                    const action = actions.find(({ name }) => name === one.action);
                    // It is there: nobody has to be given it.
                    if (action === undefined || action.purpose === 'restore' || action.purpose === 'prevent') return [];
                    return [
                      <Button
                        key={action.name}
                        size="compact-sm"
                        variant="default"
                        aria-label={`${action.title} …: ${subject.label}`}
                        onClick={() => onChoose(action, one)}
                      >
                        {action.title} …
                      </Button>,
                    ];
                  })}
                </Group>
              )}
            </li>
          ))}
      </ul>
      <LoadMore list={query} label="Show more" />
    </Stack>
  );
}
