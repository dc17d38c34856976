import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keepPreviousData } from '@tanstack/react-query';
import { Failed } from '../states/Failed.js';
import type { Look, RecordKind } from './fields.js';
import { partsOf, toggled, valueWords, writtenValue } from './filters.js';
import { facetsQuery } from './record-queries.js';
import { narrowingQuery } from './record-search.js';
import type { Records } from './use-records.js';
import { Loading } from '../states/Loading.js';

interface FacetValuesProps {
  readonly kind: RecordKind;
  readonly field: string;
  readonly look: Look;
  readonly records: Records;
}

/** The values that a field has among the rows that all other filters leave. */
export function FacetValues({ kind, field, look, records: { search, change } }: FacetValuesProps) {
  const query = String(narrowingQuery(search));
  const { data, error, refetch } = useQuery({ ...facetsQuery(kind, query), placeholderData: keepPreviousData });
  const { filter = [] } = search;
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={90} />;
  const facet = data.fields.find((one) => one.field === field);
  const counts = new Map(facet?.values.map(({ value, count }) => [writtenValue(value), count]));
  // A value that is chosen stays to be chosen off, even if no row has it any more.
  const own = filter.map(partsOf).filter((one) => one.field === field && !counts.has(one.value));
  for (const { value } of own) counts.set(value, 0);
  return (
    <Stack gap={8}>
      {[...counts].map(([value, count]) => (
        <Group key={value} justify="space-between" wrap="nowrap" gap="sm">
          <Checkbox
            size="xs"
            label={valueWords(value, look)}
            checked={filter.includes(`${field}:${value}`)}
            onChange={() => change({ filter: toggled(filter, `${field}:${value}`) })}
          />
          <Text size="xs" c="dimmed">
            {count.toLocaleString('en')}
          </Text>
        </Group>
      ))}
      {counts.size === 0 && <Text size="sm">No row has a value.</Text>}
      {facet?.more === true && (
        <Text size="xs" c="dimmed">
          There are others. Search for them.
        </Text>
      )}
      {data.sample !== null && (
        <Text size="xs" c="dimmed">
          Counted in the newest {data.sample.rows.toLocaleString('en')} events.
        </Text>
      )}
    </Stack>
  );
}
