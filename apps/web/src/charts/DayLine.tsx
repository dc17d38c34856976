import { SegmentedControl, Stack, Table } from '@mantine/core';
import { useState } from 'react';
import { SmallTable } from '../states/SmallTable.js';
import { dateWords } from '../states/time-words.js';
import { type DayValue, valueText } from './day-lines.js';
import { DayLinePicture } from './DayLinePicture.js';

interface DayLineProps {
  /** What is drawn. */
  readonly label: string;
  /** Said behind a value: `of 100`. */
  readonly unit: string;
  /** The oldest first; days that are left out are not known. */
  readonly days: readonly DayValue[];
  /** How many days up to today are drawn. */
  readonly span: number;
  /** The top of the picture; the bottom is 0. */
  readonly most: number;
}

const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
];

/** A value by day, as a line or as a table. */
export function DayLine({ label, unit, days, span, most }: DayLineProps) {
  const [view, setView] = useState('chart');
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label={`${label}: shown as`}
        data={VIEWS}
        value={view}
        onChange={setView}
      />
      {view === 'chart' ? (
        <DayLinePicture label={label} unit={unit} days={days} span={span} most={most} />
      ) : (
        <SmallTable label={label} narrow="cards" heads={['Day', 'Score']} minWidth={240} hasActions={false}>
          {days.toReversed().map(({ day, value }) => (
            <Table.Tr key={day}>
              <Table.Td>{dateWords(Date.parse(day))}</Table.Td>
              <Table.Td>{value === null ? 'not known' : valueText(value)}</Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </Stack>
  );
}
