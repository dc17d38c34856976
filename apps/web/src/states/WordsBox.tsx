import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

/** Between two searches: fast fingers press the next key within it. */
const REST_MS = 120;

interface WordsBoxProps {
  readonly label: string;
  /** What the address says. */
  readonly q: string | undefined;
  /** @param isFurther another letter of the same search: one step back for all of it */
  readonly onChange: (q: string | undefined, isFurther: boolean) => void;
}

/** Words that narrow a list, on their way into the address. */
export function WordsBox({ label, q = '', onChange }: WordsBoxProps) {
  const [typed, setTyped] = useState(q);
  const told = useRef(q);
  // The address has changed otherwise: by Back, by a link.
  useEffect(() => {
    if (q === told.current) return;
    told.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = setTimeout(() => {
      const isFurther = told.current !== '';
      told.current = typed;
      onChange(typed === '' ? undefined : typed, isFurther);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <TextInput
      size="xs"
      w={{ base: '100%', xs: 220 }}
      type="search"
      aria-label={label}
      placeholder="Search"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={typed === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setTyped('')} />}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
