import charts from '../charts/charts.module.css';
import { scoreColor, scoreWords } from './posture-words.js';
import styles from './posture.module.css';

interface ScoreBarProps {
  readonly score: number | null;
  /** Checks that say something, and all that belong here. */
  readonly known: number;
  readonly all: number;
}

/** A score, and the same as a bar beside it: of what is unknown the bar is empty, so that little knowledge never looks whole. */
export function ScoreBar({ score, known, all }: ScoreBarProps) {
  if (score === null) return <span className={styles['unknown']}>not known</span>;
  const share = all === 0 ? 0 : known / all;
  return (
    <span className={styles['scored']}>
      <span>{scoreWords(score)}</span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" className={charts['bar']} aria-hidden>
        <rect className={charts['track']} width={100} height={6} />
        <rect data-color={isMostlyUnknown(known, all) ? 'gray' : scoreColor(score)} width={score * share} height={6} />
      </svg>
      {known < all && (
        <span className={styles['part']}>
          of the {known.toLocaleString('en')} known of {all.toLocaleString('en')}
        </span>
      )}
    </span>
  );
}

/** A number of so few checks says little of the whole, whatever it is. */
function isMostlyUnknown(known: number, all: number): boolean {
  return known * 2 < all;
}
