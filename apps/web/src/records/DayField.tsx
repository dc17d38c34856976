import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isDay } from './filters.js';

interface DayFieldProps {
  readonly label: string;
  readonly name: string;
  /** As a date field writes it; `''`: none. */
  readonly day: string;
  readonly onChange: (day: string) => void;
  /** The last day that can be asked for, and what is said of those after it. */
  readonly last?: { readonly day: string; readonly why: string };
}

/**
 * A day that can be typed: each digit of a year makes another day, and those that nobody means (the year 2 on the way to 2026)
 * stay in the field.
 */
export function DayField({ label, name, day, onChange, last }: DayFieldProps) {
  const [draft, setDraft] = useState(day);
  // It was changed elsewhere: by Back, by a link, by "clear".
  useEffect(() => setDraft(day), [day]);
  const isLate = (value: string): boolean => last !== undefined && isDay(value) && value > last.day;
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      aria-label={name}
      value={draft}
      error={isLate(draft) ? last?.why : undefined}
      max={last?.day}
      onChange={({ currentTarget: { value } }) => {
        setDraft(value);
        if (isDay(value) && !isLate(value)) onChange(value);
      }}
      // While somebody types, an incomplete day is empty as well: only who leaves it so has no day in mind.
      onBlur={() => {
        if (draft === '' && day !== '') onChange('');
        else if (!isDay(draft) || isLate(draft)) setDraft(day);
      }}
    />
  );
}
