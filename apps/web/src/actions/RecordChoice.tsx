import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormField } from '../form/form-schema.js';
import { type RecordKind } from '../records/fields.js';
import { isKind, nameOf } from '../records/kinds.js';
import { windowQuery } from '../records/record-queries.js';

interface RecordChoiceProps {
  readonly integration: string;
  readonly kind: RecordKind;
  readonly field: FormField;
  /** Key of the record; empty: none yet. */
  readonly value: string;
  readonly onChange: (key: string) => void;
}

/** A record by its name, where a form asks for its key. */
export function RecordChoice({ integration, kind, field, value, onChange }: RecordChoiceProps) {
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), 200);
  // What was chosen is not searched for again.
  const [chosen, setChosen] = useState<{ readonly value: string; readonly label: string }>();
  const q = words === chosen?.label ? '' : words;
  const query = new URLSearchParams({ integration, ...(q !== '' && { q }) }).toString();
  const { data } = useQuery({ ...windowQuery(kind, query, 0), placeholderData: keepPreviousData });
  const found = (data?.items ?? []).map((record) => ({ value: record.key, label: nameOf(record) }));
  const isListed = chosen === undefined || found.some((one) => one.value === chosen.value);
  return (
    <Select
      label={field.label}
      withAsterisk={field.required}
      placeholder="Search by name"
      searchable
      clearable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage="Nothing of this name was read"
      // The host has searched already.
      filter={({ options }) => options}
      data={isListed ? found : [...found, chosen]}
      value={value === '' ? null : value}
      onChange={(key) => {
        setChosen(found.find((one) => one.value === key));
        onChange(key ?? '');
      }}
    />
  );
}

/** Fields that are named otherwise than the kind that they take. */
const NAMED: Readonly<Record<string, RecordKind>> = { member: 'account' };

/** Of which kind a record is that a field takes the key of; `undefined`: it takes something else. */
export function kindOfField({ path, widget }: FormField): RecordKind | undefined {
  if (widget !== 'text') return undefined;
  const kind = NAMED[path] ?? path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return isKind(kind) ? kind : undefined;
}
