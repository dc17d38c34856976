import type { AccessNodeKind } from '@castellan/api';
import { CloseButton, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { nameOf } from '../records/kinds.js';
import { recordQuery } from '../records/record-queries.js';
import { wordOf } from '../records/words.js';
import { WordsBox } from '../states/WordsBox.js';
import { UNUSED_DAYS } from './access-search.js';
import type { ListPart } from './entity-parts.js';
import { ListExport } from './ListExport.js';
import { isByUse } from './list-parts.js';
import { NODE_LOOKS } from './node-looks.js';
import type { Entity } from './use-entity.js';
import recordStyles from '../records/records.module.css';

/** As `AccountStatus` of the vocabulary has them. */
const STATUSES = [
  'active',
  'suspended',
  'locked',
  'password_expired',
  'recovery',
  'provisioned',
  'staged',
  'deprovisioned',
] as const;

const SPANS = UNUSED_DAYS.map((days) => ({ value: String(days), label: `Not used for ${days} days` }));
const NOT_OF_THE_PAST = 'Use is counted up to now: go back to now to see who does not use it.';
const SORTS = [
  { value: 'name', label: 'By name' },
  { value: 'lastUsed', label: 'Least recently used first' },
  { value: '-lastUsed', label: 'Last used first' },
];

interface AccessToolbarProps {
  readonly entity: Entity;
  readonly part: ListPart;
  /** Of what is listed. */
  readonly kind: AccessNodeKind;
}

/** What is listed, what narrows it, and what can be done with it. */
export function AccessToolbar({ entity, part, kind }: AccessToolbarProps) {
  const { place, search, change } = entity;
  const isPeople = part.direction === 'reached-by' && kind === 'account';
  const isPast = search.at !== undefined;
  const isUsed = isByUse(part.direction, place.kind, kind);
  return (
    <Group gap="xs">
      {part.others.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="What is listed"
          data={part.others.map((one) => ({ value: one, label: NODE_LOOKS[one].many }))}
          value={kind}
          onChange={(show) => {
            const chosen = part.others.find((one) => one === show);
            change({
              show: chosen === part.others[0] ? undefined : chosen,
              via: undefined,
              status: undefined,
              sort: undefined,
            });
          }}
        />
      )}
      <WordsBox
        label={`Search ${NODE_LOOKS[kind].many.toLowerCase()}`}
        width={220}
        q={search.q}
        onChange={(q, isFurther) => change({ q }, isFurther)}
      />
      {isPeople && (
        <Select
          size="xs"
          w={160}
          aria-label="Status"
          placeholder="Any status"
          clearable
          clearButtonProps={{ 'aria-label': 'Any status' }}
          data={STATUSES.map((status) => ({ value: status, label: wordOf(status) }))}
          value={search.status ?? null}
          onChange={(status) => change({ status: status ?? undefined })}
        />
      )}
      {isUsed && (
        <>
          <Select
            size="xs"
            w={180}
            aria-label="Use"
            placeholder={isPast ? 'Use: of now only' : 'Used or not'}
            disabled={isPast}
            title={isPast ? NOT_OF_THE_PAST : undefined}
            clearable
            clearButtonProps={{ 'aria-label': 'Used or not' }}
            data={SPANS}
            value={search.unused === undefined || isPast ? null : String(search.unused)}
            onChange={(days) => change({ unused: days === null ? undefined : Number(days) })}
          />
          <Select
            size="xs"
            w={190}
            aria-label="Order"
            allowDeselect={false}
            data={SORTS}
            value={search.sort ?? 'name'}
            onChange={(sort) => change({ sort: sort === 'name' || sort === null ? undefined : sort })}
          />
        </>
      )}
      {search.via !== undefined && isPeople && (
        <Via entity={entity} group={search.via} onRemove={() => change({ via: undefined })} />
      )}
      <Group gap="xs" ml="auto">
        <ListExport entity={entity} part={part} kind={kind} />
      </Group>
    </Group>
  );
}

/** That only those are listed who come through a group. */
function Via({ entity, group, onRemove }: { readonly entity: Entity; readonly group: string; readonly onRemove: () => void }) {
  const { data } = useQuery(recordQuery({ integration: entity.place.integration, kind: 'group', key: group }));
  const label = `Through ${data === undefined ? group : nameOf(data)}`;
  return (
    <Group gap={2} className={recordStyles['chip']} wrap="nowrap">
      <Text size="xs">{label}</Text>
      <CloseButton size="xs" aria-label={`Without ${label}`} onClick={onRemove} />
    </Group>
  );
}
