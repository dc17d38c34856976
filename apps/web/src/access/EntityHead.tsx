import type { RecordDetail } from '@castellan/api';
import { Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { FieldValue, Word } from '../records/FieldValue.js';
import { kindOf, nameOf, valueOf } from '../records/kinds.js';
import { recordQuery } from '../records/record-queries.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import type { AccessPlace } from './access-queries.js';
import { AsOfControl } from './AsOfControl.js';
import { NODE_LOOKS, statusMeaning } from './node-looks.js';
import { QuestionActions } from './QuestionActions.js';
import type { Entity } from './use-entity.js';
import styles from './access.module.css';

/** Who it is, with what tells two of one name apart, and what can be done with the page's question. */
export function EntityHead({ entity }: { readonly entity: Entity }) {
  const { place } = entity;
  const { icon: Icon, one, record: kind } = NODE_LOOKS[place.kind];
  const { data: record, error, refetch } = useQuery(recordQuery({ ...place, kind }));
  const { data: integrations } = useQuery(integrationsQuery);
  const integration = integrations?.find(({ id }) => id === place.integration)?.name;
  // What was never read can be reached all the same: an edge says so.
  const isUnread = error instanceof ApiError && error.status === 404;
  const name = record === undefined ? place.key : nameOf(record);
  useDocumentTitle(`${name} · Castellan`);
  return (
    <header className={styles['head']}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className={styles['title']}>
          <ThemeIcon size={40} radius="xl" variant="light">
            <Icon size={22} stroke={1.6} aria-hidden />
          </ThemeIcon>
          <Stack gap={2} miw={0}>
            <Text size="xs" c="dimmed">
              {[one.charAt(0).toUpperCase() + one.slice(1), integration].filter((part) => part !== undefined).join(' · ')}
            </Text>
            <Title order={1} className={styles['name']}>
              {record === undefined && !isUnread && error === null ? <Skeleton height={26} width={220} /> : name}
            </Title>
            <div className={styles['facts']}>
              {record !== undefined && <Facts record={record} place={place} />}
              {isUnread && <Text size="sm">Its record was never read: only what it is part of is known.</Text>}
              <AnchorLink to="/records/$kind" params={{ kind }} search={{ key: place.key, of: place.integration }} size="sm">
                Full record
              </AnchorLink>
            </div>
          </Stack>
        </div>
        <Group gap="xs" align="flex-end">
          <AsOfControl entity={entity} />
          <QuestionActions name={name} />
        </Group>
      </Group>
      {error !== null && !isUnread && <Failed error={error} retry={() => void refetch()} />}
    </header>
  );
}

/** Its status, and the rest of what a table shows of it. */
function Facts({ record, place: { integration, kind } }: { readonly record: RecordDetail; readonly place: AccessPlace }) {
  const { shown, name, fields } = kindOf(record.kind);
  const status = valueOf(record, 'status');
  const title = nameOf(record);
  const meaning = typeof status === 'string' ? statusMeaning(kind, status) : undefined;
  const facts = shown.filter((field) => {
    const value = valueOf(record, field);
    return (
      field !== 'status' &&
      field !== name[0] &&
      value !== null &&
      value !== '' &&
      value !== title &&
      fields[field] !== undefined
    );
  });
  return (
    <>
      {record.removedAt !== null && (
        <Text size="sm" c="var(--castellan-red)">
          Removed <Ago at={record.removedAt} />
        </Text>
      )}
      {typeof status === 'string' && (
        <span>
          <Word value={status} />
          {meaning !== undefined && `: ${meaning}`}
        </span>
      )}
      {facts.map((field) => {
        const known = fields[field];
        if (known === undefined || known.look.as === 'list') return null;
        return (
          <span key={field} className={styles['fact']}>
            {(known.look.as !== 'text' || field === 'department') && <span>{known.title} </span>}
            <FieldValue record={record} integration={integration} field={field} look={known.look} />
          </span>
        );
      })}
    </>
  );
}
