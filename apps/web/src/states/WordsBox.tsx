import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

/** Between two searches: fast fingers press the next key within it. The first key is not kept waiting. */
const REST_MS = 60;

interface WordsBoxProps {
  readonly label: string;
  /** What it looks at, for who points at it. */
  readonly title?: string | undefined;
  /** In pixels, where there is room. */
  readonly width: number;
  /** What the address says. */
  readonly q: string | undefined;
  /** @param isFurther another letter of the same search: one step back for the whole search, not one for each letter */
  readonly onChange: (q: string | undefined, isFurther: boolean) => void;
}

/** Words that narrow a list, on their way into the address. */
export function WordsBox({ label, title, width, q = '', onChange }: WordsBoxProps) {
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
        const isFurther = told.current !== '';
        told.current = typed;
        toldAt.current = Date.now();
        onChange(typed === '' ? undefined : typed, isFurther);
      },
      toldAt.current + REST_MS - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <TextInput
      size="xs"
      w={{ base: '100%', xs: width }}
      type="search"
      aria-label={label}
      placeholder="Search"
      title={title}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={typed === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setTyped('')} />}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
