import type { AuditEntryView } from '@castellan/api';
import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { apiKeysQuery } from '../api-keys/api-key-queries.js';
import { useMay } from '../session/session.js';
import { usersQuery } from '../users/users-queries.js';
import type { AuditFilter } from './audit-filter.js';
import { ACTIONS } from './audit-words.js';

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  /** What is shown: names of whom no list knows any more. */
  readonly entries: readonly AuditEntryView[];
}

const ACTION_CHOICES = Object.entries(ACTIONS)
  .map(([value, { label }]) => ({ value, label }))
  .toSorted((one, other) => one.label.localeCompare(other.label));

/** They stand in the address: a view can be kept, and handed on. */
export function AuditFilters({ filter, entries }: AuditFiltersProps) {
  const navigate = useNavigate();
  const show = (changes: { readonly [K in keyof AuditFilter]: string | null }): void => {
    const given = Object.entries({ ...filter, ...changes }).filter(([, value]) => typeof value === 'string');
    void navigate({ to: '/audit', search: Object.fromEntries(given) });
  };
  const actors = useActors(filter.actor, entries);
  const target = entries.find((entry) => entry.target?.id === filter.target)?.target?.name ?? filter.target;
  return (
    <Group gap="sm" align="end" role="search" aria-label="Filters">
      <Select
        label="What was done"
        placeholder="Anything"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Show anything' }}
        data={known(ACTION_CHOICES, filter.action)}
        value={filter.action ?? null}
        onChange={(action) => show({ action })}
      />
      <Select
        label="By whom"
        placeholder="Anybody"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Show anybody' }}
        data={actors}
        value={filter.actor ?? null}
        onChange={(actor) => show({ actor })}
      />
      {filter.target !== undefined && (
        <Button variant="light" onClick={() => show({ target: null })}>
          Only what was done to {target} ×
        </Button>
      )}
    </Group>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Users and API keys that there are, as far as the caller may see them, and who is named in what is shown. */
function useActors(chosen: string | undefined, entries: readonly AuditEntryView[]): readonly Choice[] {
  const users = useQuery({ ...usersQuery, enabled: useMay('users:read') }).data ?? [];
  const keys = useQuery({ ...apiKeysQuery, enabled: useMay('api-keys:manage') }).data ?? [];
  const names = new Map<string, string>();
  for (const { actor } of entries) if (actor.id !== null) names.set(actor.id, actor.name);
  for (const { id, name } of users) names.set(id, name);
  for (const { id, name } of keys) names.set(id, `${name} (API key)`);
  return known(
    [...names].map(([value, label]) => ({ value, label })),
    chosen,
  );
}

/** What the address asks for can be seen and taken away, also where nobody knows it. */
function known(choices: readonly Choice[], chosen: string | undefined): Choice[] {
  const isThere = chosen === undefined || choices.some(({ value }) => value === chosen);
  return isThere ? [...choices] : [...choices, { value: chosen, label: chosen }];
}
