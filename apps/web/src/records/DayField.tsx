import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isDay } from './filters.js';

interface DayFieldProps {
  readonly label: string;
  readonly name: string;
  /** As a date field writes it; `''`: none. */
  readonly day: string;
  readonly onChange: (day: string) => void;
}

/**
 * A day that can be typed: each digit of a year makes another day, and those that nobody means (the year 2 on the way to 2026)
 * stay in the field.
 */
export function DayField({ label, name, day, onChange }: DayFieldProps) {
  const [draft, setDraft] = useState(day);
  // It was changed elsewhere: by Back, by a link, by "clear".
  useEffect(() => setDraft(day), [day]);
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      aria-label={name}
      value={draft}
      onChange={({ currentTarget: { value } }) => {
        setDraft(value);
        if (isDay(value)) onChange(value);
      }}
      // While somebody types, an incomplete day is empty as well: only who leaves it so has no day in mind.
      onBlur={() => {
        if (draft === '' && day !== '') onChange('');
        else if (!isDay(draft)) setDraft(day);
      }}
    />
  );
}
