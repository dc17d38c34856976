import { Checkbox, Group, Stack } from '@mantine/core';
import { DayField } from './DayField.js';
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
    <DayField
      label={label}
      name={`${title}: ${label.toLowerCase()}`}
      day={dayOf(filter, field, bound)}
      onChange={(chosen) => change({ filter: withDay(filter, field, bound, chosen) })}
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
