import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RecordSearch } from '../records/record-search.js';
import { dateWords } from '../states/time-words.js';
import styles from './charts.module.css';

export type DaySearch = Pick<RecordSearch, 'actor' | 'integration' | 'filter' | 'since' | 'until'>;

interface DayBarsPictureProps {
  readonly label: string;
  readonly unit: string;
  readonly days: readonly { readonly day: string; readonly count: number; readonly search: DaySearch }[];
  readonly span: number;
}

const DAY_MS = 86_400_000;
const HEIGHT = 90;
/** Of one day, in units of the picture, with what lies between two. */
const STEP = 10;
const BAR = 7;

/** Instants of a day in UTC: the first included, the second not. */
export function spanOf(day: string): { readonly since: string; readonly until: string } {
  const start = Date.parse(`${day}T00:00:00Z`);
  return { since: new Date(start).toISOString(), until: new Date(start + DAY_MS).toISOString() };
}

/** Columns by day. Those who do not see it have the table; by keyboard, too, that is the shorter way. */
export function DayBarsPicture({ label, unit, days, span }: DayBarsPictureProps) {
  const today = Math.floor(Date.now() / DAY_MS);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const placed = days
    .map((one) => ({ ...one, place: span - 1 - (today - Math.floor(Date.parse(one.day) / DAY_MS)) }))
    .filter(({ place, count }) => place >= 0 && count > 0);
  const first = dateWords((today - span + 1) * DAY_MS);
  return (
    <figure
      className={styles['figure']}
      aria-label={`${label}: ${total.toLocaleString('en')} ${unit} since ${first}, at most ${most.toLocaleString('en')} a day. The table has each day.`}
    >
      <svg viewBox={`0 0 ${span * STEP} ${HEIGHT}`} className={styles['days']} preserveAspectRatio="none" aria-hidden>
        {placed.map(({ day, count, place, search }) => {
          const height = Math.max(2, (count / most) * (HEIGHT - 4));
          return (
            <Link key={day} to="/records/$kind" params={{ kind: 'activity' }} search={search} tabIndex={-1}>
              <title>{`${dateWords(Date.parse(day))}: ${count.toLocaleString('en')} ${unit}`}</title>
              <rect className={styles['hit']} x={place * STEP} y={0} width={STEP} height={HEIGHT} />
              <rect className={styles['column']} x={place * STEP + 1.5} y={HEIGHT - height} width={BAR} height={height} />
            </Link>
          );
        })}
        <line className={styles['axis']} x1={0} x2={span * STEP} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <figcaption className={styles['ends']}>
        <Text size="xs" c="dimmed" component="span">
          {first}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          today · at most {most.toLocaleString('en')} a day
        </Text>
      </figcaption>
    </figure>
  );
}
