import { Text } from '@mantine/core';
import styles from '../charts/charts.module.css';
import { dateWords } from '../states/time-words.js';
import { countedHits } from './rule-words.js';

interface HitsByDayProps {
  /** What was counted. */
  readonly label: string;
  /** Days in UTC, `2026-11-26`; those that are left out have none. */
  readonly days: readonly { readonly day: string; readonly hits: number }[];
  /** How many days up to today are drawn. */
  readonly span: number;
  /** In pixels: beside other things a low one will do. */
  readonly height?: number;
}

const DAY_MS = 86_400_000;
const HEIGHT = 60;
const STEP = 10;

/** Columns by day; who does not see them has the numbers as a sentence. */
export function HitsByDay({ label, days, span, height = 70 }: HitsByDayProps) {
  const today = Math.floor(Date.now() / DAY_MS);
  const placed = days
    .map(({ day, hits }) => ({ day, hits, place: span - 1 - (today - Math.floor(Date.parse(day) / DAY_MS)) }))
    .filter(({ hits, place }) => hits > 0 && place >= 0 && place < span);
  const most = Math.max(1, ...placed.map(({ hits }) => hits));
  const said = placed.map(({ day, hits }) => `${dateWords(Date.parse(day))}: ${hits.toLocaleString('en')}`);
  return (
    <figure
      className={styles['figure']}
      aria-label={`${label}, the last ${span} days: ${said.length === 0 ? 'none' : said.join('; ')}`}
    >
      <svg
        viewBox={`0 0 ${span * STEP} ${HEIGHT}`}
        className={styles['days']}
        style={{ height }}
        preserveAspectRatio="none"
        aria-hidden
      >
        {placed.map(({ day, hits, place }) => {
          const tall = Math.max(2, (hits / most) * (HEIGHT - 4));
          return (
            <g key={day}>
              <title>{`${dateWords(Date.parse(day))}: ${countedHits(hits)}`}</title>
              <rect className={styles['hit']} x={place * STEP} y={0} width={STEP} height={HEIGHT} />
              <rect className={styles['column']} x={place * STEP + 1.5} y={HEIGHT - tall} width={7} height={tall} />
            </g>
          );
        })}
        <line className={styles['axis']} x1={0} x2={span * STEP} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <figcaption className={styles['ends']}>
        <Text size="xs" c="dimmed" component="span">
          {dateWords((today - span + 1) * DAY_MS)}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          today · {placed.length === 0 ? 'none' : `at most ${most.toLocaleString('en')} a day`}
        </Text>
      </figcaption>
    </figure>
  );
}
