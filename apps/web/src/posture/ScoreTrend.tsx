import type { ScoreDay } from '@castellan/api';
import { Text } from '@mantine/core';
import { DayLine } from '../charts/DayLine.js';
import { Panel } from '../states/Panel.js';

/** Days of a trend. */
export const TREND_DAYS = 90;

/** How the score went: the last look of each day. */
export function ScoreTrend({ trend }: { readonly trend: readonly ScoreDay[] }) {
  const known = trend.filter(({ score }) => score !== null).length;
  return (
    <Panel title="Score, last 90 days">
      <DayLine
        label="Score by day"
        unit="of 100"
        days={trend.map(({ day, score }) => ({ day, value: score }))}
        span={TREND_DAYS}
        most={100}
      />
      {known < 2 && (
        <Text size="xs" c="dimmed">
          A line needs two days: come back tomorrow.
        </Text>
      )}
    </Panel>
  );
}
