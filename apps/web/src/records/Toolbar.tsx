import type { RecordTableView } from '@castellan/api';
import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import type { RecordKind } from './fields.js';
import { FilterMenu } from './FilterMenu.js';
import { counted } from './kinds.js';
import { isNarrowed } from './record-search.js';
import { SearchBox } from './SearchBox.js';
import type { Records } from './use-records.js';

interface ToolbarProps {
  readonly kind: RecordKind;
  readonly table: RecordTableView | undefined;
  readonly records: Records;
  /** Rows that match; `null`: not counted. `undefined`: not known yet. */
  readonly total: number | null | undefined;
}

const PRESENCE = [
  { value: 'false', label: 'There now' },
  { value: 'true', label: 'Former' },
  { value: 'all', label: 'All' },
];

/** What narrows a table, and how many rows that leaves. */
export function Toolbar({ kind, table, records, total }: ToolbarProps) {
  const { search, change } = records;
  const isLog = kind === 'activity';
  return (
    <Group gap="xs" mb="xs">
      <SearchBox kind={kind} records={records} fields={table?.fields} />
      <IntegrationPicker chosen={search.integration} onChoose={(integration) => change({ integration })} />
      <FilterMenu kind={kind} fields={table?.fields ?? []} records={records} />
      {!isLog && (
        <SegmentedControl
          size="xs"
          aria-label="Which"
          data={PRESENCE}
          value={search.removed ?? 'false'}
          onChange={(value) => change({ removed: value === 'true' || value === 'all' ? value : undefined })}
        />
      )}
      <Text size="sm" c="dimmed" aria-live="polite" ml="auto">
        {countWords(kind, table, records, total)}
      </Text>
    </Group>
  );
}

/** `12,431 accounts, 310 match`. */
function countWords(
  kind: RecordKind,
  table: RecordTableView | undefined,
  { search }: Records,
  total: number | null | undefined,
) {
  if (table === undefined || total === undefined) return ' ';
  const { present, removed } = table;
  const all = { true: removed, all: present + removed, false: present }[search.removed ?? 'false'];
  const words = search.removed === 'true' ? counted(kind, all).replace(' ', ' former ') : counted(kind, all);
  if (!isNarrowed(search)) return words;
  return total === null ? words : `${words}, ${total.toLocaleString('en')} ${total === 1 ? 'matches' : 'match'}`;
}

/** Where there are several to choose from. */
function IntegrationPicker({ chosen, onChoose }: { chosen: string | undefined; onChoose: (id: string | undefined) => void }) {
  const { data = [] } = useQuery(integrationsQuery);
  if (data.length < 2 && chosen === undefined) return null;
  return (
    <Select
      size="xs"
      w={190}
      aria-label="Integration"
      placeholder="All integrations"
      clearable
      clearButtonProps={{ 'aria-label': 'All integrations' }}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen ?? null}
      onChange={(id) => onChoose(id ?? undefined)}
    />
  );
}
