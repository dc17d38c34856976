import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { AnchorLink } from '../shell/links.js';
import { SmallTable } from '../states/SmallTable.js';
import { dateWords } from '../states/time-words.js';
import { DayBarsPicture, type DaySearch, spanOf, unseenDays } from './DayBarsPicture.js';

interface DayBarsProps {
  /** What is counted. */
  readonly label: string;
  /** Of the counts: `sign-ins`. */
  readonly unit: string;
  /** Days in UTC, `2026-11-26`, the oldest first; those that are left out have none. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
  /** How many days up to today are drawn. */
  readonly span: number;
  /** Since when anybody looks, an instant: days before it are not days without any. `undefined`: all of the time. */
  readonly observedSince: string | undefined;
  /** Narrows the log that a day leads to. */
  readonly search: Omit<DaySearch, 'since' | 'until'>;
}

const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
];

/** Counts by day, as columns or as a table; each day leads to its events. */
export function DayBars({ label, unit, days, span, observedSince, search }: DayBarsProps) {
  const [view, setView] = useState('chart');
  const unseen = unseenDays(observedSince, span);
  const all = days.map((one) => ({ ...one, search: { ...search, ...spanOf(one.day) } }));
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
        <DayBarsPicture label={label} unit={unit} days={all} span={span} unseen={unseen} />
      ) : (
        <SmallTable
          label={label}
          narrow="cards"
          heads={['Day', unit.charAt(0).toUpperCase() + unit.slice(1)]}
          minWidth={240}
          hasActions={false}
        >
          {all
            .filter(({ count }) => count > 0)
            .toReversed()
            .map(({ day, count, search: narrowed }) => (
              <Table.Tr key={day}>
                <Table.Td>
                  <AnchorLink to="/records/$kind" params={{ kind: 'activity' }} search={narrowed} size="sm">
                    {dateWords(Date.parse(day))}
                  </AnchorLink>
                </Table.Td>
                <Table.Td>{count.toLocaleString('en')}</Table.Td>
              </Table.Tr>
            ))}
          {unseen > 0 && observedSince !== undefined && (
            <Table.Tr>
              <Table.Td>Before {dateWords(Date.parse(observedSince))}</Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed" component="span">
                  not observed
                </Text>
              </Table.Td>
            </Table.Tr>
          )}
        </SmallTable>
      )}
    </Stack>
  );
}
