import { Group, TextInput } from '@mantine/core';
import { instantOf, localDay } from './filters.js';
import type { Records } from './use-records.js';

/** When events happened: from one day to another, both included. */
export function PublishedRange({ records: { search, change } }: { readonly records: Records }) {
  const { since, until } = search;
  return (
    <Group grow gap="xs">
      <TextInput
        type="date"
        size="xs"
        label="From"
        value={since === undefined ? '' : localDay(new Date(since))}
        onChange={({ currentTarget }) => change({ since: instantOf(currentTarget.value, '>') })}
      />
      <TextInput
        type="date"
        size="xs"
        label="Until"
        value={until === undefined ? '' : localDay(new Date(Date.parse(until) - 1))}
        onChange={({ currentTarget }) => change({ until: instantOf(currentTarget.value, '<') })}
      />
    </Group>
  );
}
