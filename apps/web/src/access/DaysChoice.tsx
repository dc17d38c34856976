import { SegmentedControl } from '@mantine/core';
import { UNUSED_DAYS } from './access-search.js';

const DAYS = UNUSED_DAYS.map((days) => ({ value: String(days), label: `${days} days` }));
/** Where nobody has chosen. */
export const STANDARD_DAYS = 90;

interface DaysChoiceProps {
  readonly days: number;
  readonly onChoose: (days: number) => void;
}

/** For how long something was not used. */
export function DaysChoice({ days, onChoose }: DaysChoiceProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Not used for"
      data={DAYS}
      value={String(days)}
      onChange={(chosen) => onChoose(Number(chosen))}
    />
  );
}
