import { dateWords } from '../states/time-words.js';
import { DAY_MS, type DayValue, HEIGHT, linesOf, STEP, valueText } from './day-lines.js';
import styles from './charts.module.css';

interface SparklineProps {
  /** What is drawn, for who does not see it. */
  readonly label: string;
  /** The oldest first; days that are left out are not known. */
  readonly days: readonly DayValue[];
  /** How many days up to today are drawn. */
  readonly span: number;
  /** The top of the picture; the bottom is 0. */
  readonly most: number;
}

/** A value by day, as small as a word. Its numbers are read out; where there are less than two days there is no line yet. */
export function Sparkline({ label, days, span, most }: SparklineProps) {
  const today = Math.floor(Date.now() / DAY_MS);
  const known = days.filter((one): one is { day: string; value: number } => one.value !== null);
  const [first, latest] = [known[0], known.at(-1)];
  if (first === undefined || latest === undefined || known.length < 2)
    return <span className={styles['none']}>no line yet</span>;
  const values = known.map(({ value }) => value);
  const said = `${valueText(first.value)} on ${dateWords(Date.parse(first.day))}, ${valueText(latest.value)} on ${dateWords(Date.parse(latest.day))}; between ${valueText(Math.min(...values))} and ${valueText(Math.max(...values))}`;
  return (
    <svg
      viewBox={`0 0 ${span * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={styles['spark']}
      role="img"
      aria-label={`${label}: ${said}.`}
    >
      {linesOf(days, span, most, today).map((points) => (
        <polyline key={points[0]?.x} className={styles['line']} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      ))}
    </svg>
  );
}
