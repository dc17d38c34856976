import type { AccessHit, AccessNodeKind } from '@castellan/api';
import { CloseButton, Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Failed } from '../states/Failed.js';
import { hitsQuery } from './access-queries.js';
import type { ExplorerSearch } from './explorer-search.js';
import { Hits } from './Hits.js';
import { nodeId } from './node-looks.js';

/** Fast fingers press the next key within it. */
const REST_MS = 90;

interface AccessSearchProps {
  readonly search: ExplorerSearch;
  /** @param isFurther another letter of the same search: one step back for all of it */
  readonly onChange: (search: ExplorerSearch, isFurther: boolean) => void;
}

/** Of whom each question can be asked. */
const ASKED: Readonly<Record<NonNullable<ExplorerSearch['ask']>, readonly AccessNodeKind[]>> = {
  reach: ['account', 'group', 'client'],
  'reached-by': ['application', 'role', 'group'],
};

/** One box for people, groups, applications and roles. */
export function AccessSearch({ search: { q = '', ask }, onChange }: AccessSearchProps) {
  const [typed, setTyped] = useState(q);
  const [asked] = useDebouncedValue(typed.trim(), REST_MS);
  const box = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ defaultOpened: q !== '' });
  const navigate = useNavigate();
  const { data, error, refetch, isFetching } = useQuery(hitsQuery(asked));
  const hits = asked === '' ? [] : (data ?? []).filter(({ node }) => ask === undefined || ASKED[ask].includes(node.kind));
  useAddress(asked, { q, ...(ask !== undefined && { ask }) }, onChange, (said) => {
    setTyped(said);
    if (said !== '') combobox.openDropdown();
  });
  // Who has chosen a question is asked for a name.
  useEffect(() => {
    if (ask !== undefined) box.current?.focus();
  }, [ask]);
  const open = (id: string): void => {
    const hit = hits.find((one) => idOf(one) === id);
    if (hit === undefined) return;
    const { integration, node } = hit;
    const asksWhatItGives = ask === 'reach' && node.kind === 'group';
    void navigate({
      to: '/access/$integration/$kind/$key',
      params: { integration: integration.id, kind: node.kind, key: node.key },
      search: asksWhatItGives ? { tab: 'gives' } : {},
    });
  };
  const isNothing = asked !== '' && data !== undefined && !isFetching && hits.length === 0;
  return (
    <Combobox store={combobox} onOptionSubmit={open} withinPortal={false} shadow="md">
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={box}
          size="md"
          role="combobox"
          type="search"
          label={LABELS[ask ?? 'any']}
          placeholder={PLACEHOLDERS[ask ?? 'any']}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          leftSection={isFetching && asked !== '' ? <Loader size={16} /> : <IconSearch size={18} aria-hidden />}
          rightSection={typed === '' ? null : <CloseButton aria-label="Clear the search" onClick={() => setTyped('')} />}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={asked === '' || (data === undefined && error === null)}>
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {isNothing && (
          <Text size="sm" p="sm" role="status">
            Nobody and nothing is called “{asked}”. A part of a name, a login or a key is enough.
          </Text>
        )}
        <Hits hits={hits} idOf={idOf} combobox={combobox} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

const LABELS = {
  any: 'Who or what is it about?',
  reach: 'Whose reach is it about?',
  'reached-by': 'What is to be reached?',
} as const;
const PLACEHOLDERS = {
  any: 'A person, a group, an application or a role',
  reach: 'A person or a group',
  'reached-by': 'An application, a role or a group',
} as const;

function idOf({ integration, node }: AccessHit): string {
  return `${integration.id} ${nodeId(node)}`;
}

/**
 * What is asked for stands in the address, and what stands in the address is asked for: a link, and Back, come to it again.
 * @param onSaid the address says something else that was not typed
 */
function useAddress(
  asked: string,
  { q = '', ...rest }: ExplorerSearch,
  onChange: AccessSearchProps['onChange'],
  onSaid: (q: string) => void,
): void {
  // The address follows some letters behind: what comes of it is news only if it was not told.
  const told = useRef([q]);
  const callbacks = useRef({ onChange, onSaid, rest });
  useEffect(() => {
    callbacks.current = { onChange, onSaid, rest };
  });
  useEffect(() => {
    const place = told.current.indexOf(q);
    told.current = place === -1 ? [q] : told.current.slice(place);
    if (place === -1) callbacks.current.onSaid(q);
  }, [q]);
  useEffect(() => {
    if (asked === told.current.at(-1)) return;
    told.current = [...told.current, asked];
    callbacks.current.onChange({ ...callbacks.current.rest, ...(asked !== '' && { q: asked }) }, true);
  }, [asked]);
}
