import { Text } from '@mantine/core';
import { dateWords } from '../states/time-words.js';
import styles from './charts.module.css';

export interface DayValue {
  /** In UTC, `2026-11-26`. */
  readonly day: string;
  /** `null`: not known. */
  readonly value: number | null;
}

interface DayLinePictureProps {
  readonly label: string;
  readonly unit: string;
  readonly days: readonly DayValue[];
  readonly span: number;
  readonly most: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const DAY_MS = 86_400_000;
const HEIGHT = 100;
/** So that a line at the very top or bottom is whole. */
const EDGE = 4;
/** Of one day, in units of the picture. */
const STEP = 10;

/** Never more than it is: 99.6 of 100 is not all. */
export function valueText(value: number): string {
  return Math.floor(value).toLocaleString('en');
}

/** Lines between days that follow each other; where a day is not known there is none. @param today in days since 1970 */
export function linesOf(days: readonly DayValue[], span: number, most: number, today: number): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  let last: number | undefined;
  for (const { day, value } of days) {
    const place = span - 1 - (today - Math.floor(Date.parse(day) / DAY_MS));
    if (value === null || place < 0) continue;
    const point = { x: (place + 0.5) * STEP, y: HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE) };
    if (last === place - 1) lines.at(-1)?.push(point);
    else lines.push([point]);
    last = place;
  }
  return lines;
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
