import type { RecordTableField } from '@castellan/api';
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RecordKind } from './fields.js';
import { columnsOf, decapitalised, kindOf } from './kinds.js';
import type { Records } from './use-records.js';

/** Between two searches: fast fingers press the next key within it. The first key is not kept waiting. */
const REST_MS = 60;

interface SearchBoxProps {
  readonly kind: RecordKind;
  readonly records: Records;
  readonly fields: readonly RecordTableField[] | undefined;
}

export function SearchBox({ kind, records: { search, change }, fields = [] }: SearchBoxProps) {
  const { q = '' } = search;
  const [typed, setTyped] = useState(q);
  const told = useRef(q);
  const toldAt = useRef(0);
  // The address has changed otherwise: by Back, by a link, by "clear".
  useEffect(() => {
    if (q === told.current) return;
    told.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = setTimeout(
      () => {
        // One step back for the whole search, not one for each letter.
        const isNew = told.current === '';
        told.current = typed;
        toldAt.current = Date.now();
        change({ q: typed === '' ? undefined : typed }, !isNew);
      },
      toldAt.current + REST_MS - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [typed, change]);
  const titles = columnsOf(kind);
  const searched = fields.filter((field) => field.searched).map(({ name }) => decapitalised(titles[name]?.title ?? name));
  return (
    <TextInput
      size="xs"
      w={{ base: '100%', xs: 260 }}
      type="search"
      aria-label={`Search ${decapitalised(kindOf(kind).many)}`}
      placeholder="Search"
      title={searched.length === 0 ? undefined : `Looks at: ${searched.join(', ')}, key`}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={typed === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setTyped('')} />}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
