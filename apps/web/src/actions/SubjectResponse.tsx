import type { OfferedAction, PossibleAction } from '@castellan/api';
import { Accordion, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import type { Chosen } from './ActDialog.js';
import { ActionRow } from './ActionRow.js';
import { type ActionPlace, offeredQuery, responseQuery } from './action-queries.js';
import { FIX_FIRST, PURPOSE_WORDS } from './action-words.js';
import { NotGranted } from './NotGranted.js';
import { isLacking, possibleFirst } from './not-granted.js';
import { NotOffered } from './NotOffered.js';
import { ResponsePart } from './ResponsePart.js';
import styles from './actions.module.css';

interface SubjectResponseProps {
  readonly place: ActionPlace;
  /** What comes first. */
  readonly order?: typeof FIX_FIRST;
  readonly onChoose: (chosen: Chosen) => void;
}

/** What can be done to one record, and to what it has. */
export function SubjectResponse({ place, order = FIX_FIRST, onChoose }: SubjectResponseProps) {
  const offered = useQuery(offeredQuery(place.integration));
  const response = useQuery(responseQuery(place));
  const error = offered.error ?? response.error;
  // What the log names may be nothing that the provider lists, or be there for seconds only.
  if (error instanceof ApiError && error.status === 404)
    return (
      <Text size="sm">It was not read from the provider, or not yet: what can be done to it is known with its record.</Text>
    );
  if (error !== null)
    return (
      <Failed
        error={error}
        retry={() => {
          void offered.refetch();
          void response.refetch();
        }}
      />
    );
  if (offered.data === undefined || response.data === undefined) return <Loading height={120} />;
  const { actions, parts } = response.data;
  const known = offered.data.items;
  const fitting = known.flatMap((action) => {
    const possible = actions.find((one) => one.action === action.name);
    return possible === undefined ? [] : [{ action, possible }];
  });
  const rows = (purpose: OfferedAction['purpose']) =>
    possibleFirst(
      fitting.filter(({ action }) => action.purpose === purpose),
      ({ action }) => action,
    );
  const choose = (action: OfferedAction, possible: PossibleAction): void =>
    onChoose({ integration: place.integration, action, possible });
  const list = (purpose: OfferedAction['purpose']) => (
    <ActionRows key={purpose} purpose={purpose} rows={rows(purpose)} onChoose={choose} />
  );
  const given = rows('restore');
  const canNone = (purpose: OfferedAction['purpose']): boolean => rows(purpose).every(({ action }) => isLacking(action));
  const purposes = order.toSorted((one, other) => Number(canNone(one)) - Number(canNone(other)));
  return (
    <Stack gap="sm">
      {!known.some(({ isOffered }) => isOffered) && <NotOffered integration={place.integration} />}
      <NotGranted integration={place.integration} actions={fitting.map(({ action }) => action)} />
      {purposes.map(list)}
      {fitting.length === 0 && parts.length === 0 && <Text size="sm">Nothing can be done to it from here.</Text>}
      {(parts.length > 0 || given.length > 0) && (
        <Accordion variant="contained" keepMounted={false} chevronSize={14}>
          {parts.map(({ relation, title, count }) => (
            <Accordion.Item key={relation} value={relation}>
              <Accordion.Control py={4}>
                <Text size="sm">
                  {title} · {count.toLocaleString('en')}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <ResponsePart place={place} relation={relation} actions={known} onChoose={choose} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
          {given.length > 0 && (
            <Accordion.Item value="restore">
              <Accordion.Control py={4}>
                <Text size="sm">{PURPOSE_WORDS.restore}</Text>
              </Accordion.Control>
              <Accordion.Panel>
                <ActionRows rows={given} onChoose={choose} />
              </Accordion.Panel>
            </Accordion.Item>
          )}
        </Accordion>
      )}
    </Stack>
  );
}

interface ActionRowsProps {
  readonly purpose?: OfferedAction['purpose'];
  readonly rows: readonly { readonly action: OfferedAction; readonly possible: PossibleAction }[];
  readonly onChoose: (action: OfferedAction, possible: PossibleAction) => void;
}

function ActionRows({ purpose, rows, onChoose }: ActionRowsProps) {
  if (rows.length === 0) return null;
  const title = purpose === undefined ? undefined : PURPOSE_WORDS[purpose];
  return (
    <div>
      {title !== undefined && (
        <Text size="xs" c="dimmed">
          {title}
        </Text>
      )}
      <ul className={styles['rows']} {...(title !== undefined && { 'aria-label': title })}>
        {rows.map(({ action, possible }) => (
          <ActionRow key={action.name} action={action} onPress={() => onChoose(action, possible)} />
        ))}
      </ul>
    </div>
  );
}
