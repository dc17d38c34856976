import { Button, CloseButton, Group, Text } from '@mantine/core';
import type { Change } from './record-search.js';
import { widened } from './record-search.js';
import type { RecordKind } from './fields.js';
import { partsOf, toggled, valueWords } from './filters.js';
import { filterFieldsOf } from './kinds.js';
import type { Records } from './use-records.js';
import styles from './records.module.css';

interface FilterChipsProps {
  readonly kind: RecordKind;
  readonly records: Records;
}

/** What is filtered by, each with a way to take it off. */
export function FilterChips({ kind, records: { search, change, set } }: FilterChipsProps) {
  const { filter = [], since, until, actor } = search;
  const fields = filterFieldsOf(kind);
  const off = (part: Partial<Change>) => () => change(part);
  const span = { as: 'instant' } as const;
  if (filter.length === 0 && [since, until, actor].every((part) => part === undefined)) return null;
  return (
    <Group gap={6} mb="xs" role="group" aria-label="Filtered by">
      {filter.map((one) => {
        const { field, value } = partsOf(one);
        const words = valueWords(value, fields[field]?.look ?? { as: 'text' });
        const title = fields[field]?.title ?? field;
        return <Chip key={one} label={`${title}: ${words}`} onRemove={off({ filter: toggled(filter, one) })} />;
      })}
      {since !== undefined && <Chip label={`When: ${valueWords(`>${since}`, span)}`} onRemove={off({ since: undefined })} />}
      {until !== undefined && <Chip label={`When: ${valueWords(`<${until}`, span)}`} onRemove={off({ until: undefined })} />}
      {actor !== undefined && <Chip label={`By: ${actor}`} onRemove={off({ actor: undefined })} />}
      <Button size="compact-xs" variant="subtle" onClick={() => set(widened)}>
        Clear all
      </Button>
    </Group>
  );
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <Group gap={2} className={styles['chip']} wrap="nowrap">
      <Text size="xs">{label}</Text>
      <CloseButton size="xs" aria-label={`Without ${label}`} onClick={onRemove} />
    </Group>
  );
}
