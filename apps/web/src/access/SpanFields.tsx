import { Group, Text } from '@mantine/core';
import { DayField } from '../records/DayField.js';
import { instantOf, localDay } from '../records/filters.js';
import { exactTime } from '../states/time-words.js';

interface SpanFieldsProps {
  /** Instants: from the beginning of a day, up to the end of one. `until` left out: up to now. */
  readonly since: string;
  readonly until: string | undefined;
  /** Nobody had looked before `since`. */
  readonly isShort: boolean;
  readonly onChange: (span: { readonly since?: string | undefined; readonly until?: string | undefined }) => void;
}

/** Two days between which changes are looked for. */
export function SpanFields({ since, until, isShort, onChange }: SpanFieldsProps) {
  return (
    <Group gap="xs" align="flex-end">
      <DayField
        label="Since"
        name="Changes since"
        day={localDay(new Date(since))}
        onChange={(day) => onChange({ since: instantOf(day, '>') })}
      />
      <DayField
        label="Until"
        name="Changes until (empty: now)"
        day={until === undefined ? '' : localDay(new Date(Date.parse(until) - 1))}
        onChange={(day) => {
          const instant = instantOf(day, '<');
          onChange({ until: instant !== undefined && Date.parse(instant) < Date.now() ? instant : undefined });
        }}
      />
      {isShort && (
        <Text size="xs" c="dimmed" pb={8}>
          Known since {exactTime(Date.parse(since))}.
        </Text>
      )}
    </Group>
  );
}
