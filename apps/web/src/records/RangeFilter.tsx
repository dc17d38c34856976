import { Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type Bound, dayOf, toggled, withDay } from './filters.js';
import type { Records } from './use-records.js';

interface RangeFilterProps {
  readonly field: string;
  readonly title: string;
  readonly records: Records;
}

/** From one day to another, both included; and those of which no day is known. */
export function RangeFilter({ field, title, records: { search, change } }: RangeFilterProps) {
  const { filter = [] } = search;
  const day = (bound: Bound, label: string) => (
    <TextInput
      type="date"
      size="xs"
      label={label}
      aria-label={`${title}: ${label.toLowerCase()}`}
      value={dayOf(filter, field, bound)}
      onChange={({ currentTarget }) => change({ filter: withDay(filter, field, bound, currentTarget.value) })}
    />
  );
  return (
    <Stack gap="xs">
      <Group grow gap="xs">
        {day('>', 'From')}
        {day('<', 'Until')}
      </Group>
      <Checkbox
        size="xs"
        label="Never, or not said"
        checked={filter.includes(`${field}:`)}
        onChange={() => change({ filter: toggled(filter, `${field}:`) })}
      />
    </Stack>
  );
}
