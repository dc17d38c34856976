import { Button, Checkbox, ScrollArea, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { Drop } from '../states/Drop.js';
import { type RecordKind } from './fields.js';
import { kindOf } from './kinds.js';
import type { Columns } from './use-record-table.js';

interface ColumnMenuProps {
  readonly kind: RecordKind;
  readonly columns: Columns;
  /** @param shown names with commas between; `undefined`: those that are shown until somebody chooses */
  readonly onChange: (shown: string | undefined) => void;
}

/** Which fields are columns. The first one stays, as it is what the row is called. */
export function ColumnMenu({ kind, columns: { all, shown }, onChange }: ColumnMenuProps) {
  const standard = kindOf(kind).shown;
  const [first] = standard;
  const toggle = (name: string): void => {
    const next = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    onChange(String(next) === String(standard) ? undefined : next.join(','));
  };
  return (
    <Drop label="Columns" icon={IconColumns3} name="Columns" width={250} align="end">
      <ScrollArea.Autosize mah="60vh" offsetScrollbars>
        <Stack gap={9} p="sm">
          {Object.entries(all).map(([name, { title }]) => (
            <Checkbox
              key={name}
              size="xs"
              label={title}
              checked={shown.includes(name)}
              disabled={name === first}
              onChange={() => toggle(name)}
            />
          ))}
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(undefined)}>
            As at first
          </Button>
        </Stack>
      </ScrollArea.Autosize>
    </Drop>
  );
}
