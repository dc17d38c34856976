import type { RecordRelation } from '@castellan/api';
import { Accordion, Group, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Failed } from '../states/Failed.js';
import type { RecordPlace } from './record-queries.js';
import { RelatedList } from './RelatedList.js';
import { Loading } from '../states/Loading.js';

interface RelationsProps {
  readonly place: RecordPlace;
  readonly query: UseQueryResult<readonly RecordRelation[]>;
  readonly onOpen: (place: RecordPlace) => void;
}

/** What a record is related to, by name; those that there are none of are said, and cannot be opened. */
export function Relations({ place, query: { data, error, refetch }, onOpen }: RelationsProps) {
  const [chosen, setChosen] = useState<string | null | undefined>();
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={160} />;
  if (data.length === 0) return <Text size="sm">This kind of record is related to nothing that is collected.</Text>;
  const first = data.find(({ count }) => count !== 0)?.name ?? null;
  return (
    <Accordion value={chosen === undefined ? first : chosen} onChange={setChosen} chevronSize={14} keepMounted={false}>
      {data.map((relation) => (
        <Accordion.Item key={relation.name} value={relation.name}>
          <Accordion.Control py={4} disabled={relation.count === 0 && relation.removed === 0}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" fw={550}>
                {relation.title}
              </Text>
              <Text size="sm" c="dimmed" mr="xs">
                {countWords(relation)}
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <RelatedList place={place} relation={relation} onOpen={onOpen} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function countWords({ count, removed }: RecordRelation): string {
  const now = count === null ? 'many' : count.toLocaleString('en');
  return removed === null || removed === 0 ? now : `${now} · ${removed.toLocaleString('en')} former`;
}
