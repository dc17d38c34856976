import type { RecordTableField } from '@castellan/api';
import { Accordion, Badge, Group, ScrollArea, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { Drop } from '../states/Drop.js';
import { FacetValues } from './FacetValues.js';
import type { RecordKind } from './fields.js';
import { type Filterable, filterable, partsOf } from './filters.js';
import { filterFieldsOf } from './kinds.js';
import { PublishedRange } from './PublishedRange.js';
import { RangeFilter } from './RangeFilter.js';
import type { Records } from './use-records.js';

interface FilterMenuProps {
  readonly kind: RecordKind;
  readonly fields: readonly RecordTableField[];
  readonly records: Records;
}

/** Every field that the host can filter by: its values with how often each occurs, or a span of days. */
export function FilterMenu({ kind, fields, records }: FilterMenuProps) {
  const choices = filterable(fields, filterFieldsOf(kind));
  const { filter = [] } = records.search;
  const chosen = (name: string): number => filter.filter((one) => partsOf(one).field === name).length;
  return (
    <Drop
      label={filter.length > 0 ? `Filter · ${filter.length}` : 'Filter'}
      icon={IconFilter}
      name="Filter"
      width={310}
      align="start"
    >
      <ScrollArea.Autosize mah="60vh">
        <Accordion chevronSize={14} variant="default" defaultValue={choices[0]?.name ?? null}>
          {kind === 'activity' && (
            <Section title="When" name="when" chosen={0} content={() => <PublishedRange records={records} />} />
          )}
          {choices.map((choice) => (
            <Section
              key={choice.name}
              title={choice.title}
              name={choice.name}
              chosen={chosen(choice.name)}
              content={() => <Choice kind={kind} choice={choice} records={records} />}
            />
          ))}
        </Accordion>
      </ScrollArea.Autosize>
    </Drop>
  );
}

interface SectionProps {
  readonly title: string;
  readonly name: string;
  readonly chosen: number;
  readonly content: () => React.ReactNode;
}

function Section({ title, name, chosen, content }: SectionProps) {
  return (
    <Accordion.Item value={name}>
      <Accordion.Control py={2}>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{title}</Text>
          {chosen > 0 && (
            <Badge size="sm" variant="light">
              {chosen}
            </Badge>
          )}
        </Group>
      </Accordion.Control>
      <Accordion.Panel>{content()}</Accordion.Panel>
    </Accordion.Item>
  );
}

interface ChoiceProps {
  readonly kind: RecordKind;
  readonly choice: Filterable;
  readonly records: Records;
}

function Choice({ kind, choice: { name, form, look, title }, records }: ChoiceProps) {
  if (form === 'range') return <RangeFilter field={name} title={title} records={records} />;
  return <FacetValues kind={kind} field={name} look={look} records={records} />;
}
