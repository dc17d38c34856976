import type { OfferedAction, PossibleAction } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Loading } from '../states/Loading.js';
import { useMay } from '../session/session.js';
import { NotGranted } from './NotGranted.js';
import { isLacking, lacksWords, possibleFirst } from './not-granted.js';
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
  const items = data.pages.flatMap((page) => page.items);
  // It is there: nobody has to be given it.
  const fitting = actions.filter(({ purpose }) => purpose !== 'restore' && purpose !== 'prevent');
  const ofAny = new Set(items.flatMap((item) => item.actions.map(({ action }) => action)));
  return (
    <Stack gap="xs">
      <NotGranted integration={place.integration} actions={fitting.filter(({ name }) => ofAny.has(name))} />
      <ul className={styles['rows']}>
        {items.map(({ subject, via, since, actions: possible }) => (
          <li key={subject.key} className={styles['row']}>
            <div>
              <Text size="sm">{subject.label}</Text>
              <Text size="xs" c="dimmed">
                {[subject.detail === subject.label ? null : subject.detail, via['scope'] === 'group' ? 'through a group' : null]
                  .filter((fact) => fact !== null)
                  .map((fact) => `${fact} · `)
                  .join('')}
                since <Ago at={since} />
              </Text>
            </div>
            {mayAsk && (
              <Group gap={6} justify="flex-end">
                {possibleFirst(fitting, (action) => action).flatMap((action) => {
                  const one = possible.find((its) => its.action === action.name);
                  if (one === undefined) return [];
                  const lack = isLacking(action) ? ` (${lacksWords(action.notGranted)})` : '';
                  return [
                    <Button
                      key={action.name}
                      size="compact-sm"
                      variant="default"
                      aria-label={`${action.title} …: ${subject.label}${lack}`}
                      {...(lack !== '' && { leftSection: <IconLock size={14} aria-hidden />, title: lack })}
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
