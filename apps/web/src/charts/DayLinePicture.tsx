import { Text } from '@mantine/core';
import { dateWords } from '../states/time-words.js';
import { DAY_MS, type DayValue, EDGE, HEIGHT, linesOf, STEP, valueText } from './day-lines.js';
import styles from './charts.module.css';

interface DayLinePictureProps {
  readonly label: string;
  readonly unit: string;
  readonly days: readonly DayValue[];
  readonly span: number;
  readonly most: number;
}

export function DayLinePicture({ label, unit, days, span, most }: DayLinePictureProps) {
  const today = Math.floor(Date.now() / DAY_MS);
  const known = days.filter((one): one is { day: string; value: number } => one.value !== null);
  const [first, latest] = [known[0], known.at(-1)];
  const values = known.map(({ value }) => value);
  const said =
    latest === undefined || first === undefined
      ? 'nothing is known.'
      : `${valueText(latest.value)} ${unit} on ${dateWords(Date.parse(latest.day))}, ${valueText(first.value)} on ${dateWords(Date.parse(first.day))}; between ${valueText(Math.min(...values))} and ${valueText(Math.max(...values))}. The table has each day.`;
  return (
    <figure className={styles['figure']} aria-label={`${label}: ${said}`}>
      <svg viewBox={`0 0 ${span * STEP} ${HEIGHT}`} className={styles['days']} preserveAspectRatio="none" aria-hidden>
        {[EDGE, HEIGHT / 2, HEIGHT - EDGE].map((y) => (
          <line key={y} className={styles['rule']} x1={0} x2={span * STEP} y1={y} y2={y} />
        ))}
        {linesOf(days, span, most, today).map((points) => (
          <polyline
            key={points[0]?.x}
            className={styles['line']}
            data-alone={points.length === 1}
            // One day alone is a dot: a line of no length has round ends.
            points={(points.length === 1 ? [...points, ...points] : points).map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ))}
        {known.map(({ day, value }) => {
          const place = span - 1 - (today - Math.floor(Date.parse(day) / DAY_MS));
          return (
            <rect key={day} className={styles['hit']} x={place * STEP} y={0} width={STEP} height={HEIGHT}>
              <title>{`${dateWords(Date.parse(day))}: ${valueText(value)} ${unit}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className={styles['ends']}>
        <Text size="xs" c="dimmed" component="span">
          {dateWords((today - span + 1) * DAY_MS)}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          today · lines at 0, {most / 2} and {most}
        </Text>
      </figcaption>
    </figure>
  );
}
