import type { RecordRelation, RelatedRecord } from '@castellan/api';
import { Anchor, Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { isKind } from './kinds.js';
import { type RecordPlace, relatedQuery } from './record-queries.js';
import styles from './records.module.css';
import { wordOf } from './words.js';
import { Loading } from '../states/Loading.js';

interface RelatedListProps {
  readonly place: RecordPlace;
  readonly relation: RecordRelation;
  readonly onOpen: (place: RecordPlace) => void;
}

const WHICH = [
  { value: 'now', label: 'There now' },
  { value: 'former', label: 'Former' },
];

/** One relation, fifty at a time. */
export function RelatedList({ place, relation, onOpen }: RelatedListProps) {
  const [which, setWhich] = useState(relation.count === 0 ? 'former' : 'now');
  const query = useInfiniteQuery(relatedQuery(place, relation.name, which === 'former'));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="xs">
      {relation.removed !== null && relation.removed > 0 && (
        <SegmentedControl size="xs" aria-label={relation.title} data={WHICH} value={which} onChange={setWhich} />
      )}
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={120} />}
      {data !== undefined && items.length === 0 && <Text size="sm">None.</Text>}
      <ul className={styles['related']}>
        {items.map((item, index) => (
          // The same record may be there by two ways.
          <Related key={index} item={item} integration={place.integration} onOpen={onOpen} />
        ))}
      </ul>
      {hasNextPage && (
        <Button size="compact-sm" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  );
}

interface RelatedProps {
  readonly item: RelatedRecord;
  readonly integration: string;
  readonly onOpen: (place: RecordPlace) => void;
}

function Related({ item, integration, onOpen }: RelatedProps) {
  const { kind, key, label, detail, known, via, since, removedAt } = item;
  // Of what kind it is shows already.
  const ways = Object.entries(via).filter(([name, value]) => value !== null && !name.endsWith('Kind'));
  return (
    <li>
      <Stack gap={0} miw={0}>
        {known && isKind(kind) ? (
          <Anchor component="button" type="button" ta="left" size="sm" onClick={() => onOpen({ integration, kind, key })}>
            {label}
          </Anchor>
        ) : (
          <Text size="sm">{label}</Text>
        )}
        {detail !== null && detail !== label && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {detail}
          </Text>
        )}
        {ways.length > 0 && (
          <Text size="xs" c="dimmed">
            {ways.map(([name, value]) => `${spoken(name)}: ${String(value)}`).join(' · ')}
          </Text>
        )}
      </Stack>
      <Text size="xs" c="dimmed" ta="right" style={{ whiteSpace: 'nowrap' }}>
        {removedAt === null ? (
          <>
            since <Ago at={since} />
          </>
        ) : (
          <>
            until <Ago at={removedAt} />
          </>
        )}
      </Text>
    </li>
  );
}

/** `memberKind`: `Member kind`. */
function spoken(name: string): string {
  return wordOf(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));
}
