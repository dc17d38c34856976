import { Group } from '@mantine/core';
import { DayField } from './DayField.js';
import { instantOf, localDay } from './filters.js';
import type { Records } from './use-records.js';

/** When events happened: from one day to another, both included. */
export function PublishedRange({ records: { search, change } }: { readonly records: Records }) {
  const { since, until } = search;
  return (
    <Group grow gap="xs">
      <DayField
        label="From"
        name="When: from"
        day={since === undefined ? '' : localDay(new Date(since))}
        onChange={(day) => change({ since: instantOf(day, '>') })}
      />
      <DayField
        label="Until"
        name="When: until"
        day={until === undefined ? '' : localDay(new Date(Date.parse(until) - 1))}
        onChange={(day) => change({ until: instantOf(day, '<') })}
      />
    </Group>
  );
}
