import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RecordSearch } from '../records/record-search.js';
import { useId } from 'react';
import { dateWords } from '../states/time-words.js';
import styles from './charts.module.css';

export type DaySearch = Pick<RecordSearch, 'actor' | 'integration' | 'filter' | 'since' | 'until'>;

interface DayBarsPictureProps {
  readonly label: string;
  readonly unit: string;
  readonly days: readonly { readonly day: string; readonly count: number; readonly search: DaySearch }[];
  readonly span: number;
  /** How many of the first days nobody has observed. */
  readonly unseen: number;
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

/** How many whole days, of so many up to today, lie before the first that anything was observed on. */
export function unseenDays(observedSince: string | undefined, span: number, now = Date.now()): number {
  if (observedSince === undefined) return 0;
  const before = Math.floor(Date.parse(observedSince) / DAY_MS) - (Math.floor(now / DAY_MS) - span + 1);
  return Math.min(span, Math.max(0, before));
}

/** Columns by day. Those who do not see it have the table; by keyboard, too, that is the shorter way. */
export function DayBarsPicture({ label, unit, days, span, unseen }: DayBarsPictureProps) {
  const hatch = useId();
  const today = Math.floor(Date.now() / DAY_MS);
  const most = Math.max(1, ...days.map(({ count }) => count));
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const placed = days
    .map((one) => ({ ...one, place: span - 1 - (today - Math.floor(Date.parse(one.day) / DAY_MS)) }))
    .filter(({ place, count }) => place >= 0 && count > 0);
  const first = dateWords((today - span + 1) * DAY_MS);
  const begin = dateWords((today - span + 1 + unseen) * DAY_MS);
  return (
    <figure
      className={styles['figure']}
      aria-label={`${label}: ${total.toLocaleString('en')} ${unit} since ${first}, at most ${most.toLocaleString('en')} a day.${unseen > 0 ? ` Before ${begin} nobody has observed.` : ''} The table has each day.`}
    >
      <svg viewBox={`0 0 ${span * STEP} ${HEIGHT}`} className={styles['days']} preserveAspectRatio="none" aria-hidden>
        {unseen > 0 && (
          <>
            <pattern id={hatch} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className={styles['hatch']} x1={0} x2={0} y1={0} y2={4} />
            </pattern>
            <rect data-unseen={unseen} width={unseen * STEP} height={HEIGHT} fill={`url(#${hatch})`}>
              <title>{`Before ${begin}: not observed`}</title>
            </rect>
          </>
        )}
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
          {unseen > 0 && ` · not observed before ${begin}`}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          today · at most {most.toLocaleString('en')} a day
        </Text>
      </figcaption>
    </figure>
  );
}
