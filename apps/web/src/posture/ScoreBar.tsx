import charts from '../charts/charts.module.css';
import { scoreColor, scoreWords } from './posture-words.js';
import styles from './posture.module.css';

/** A score, and the same as a bar beside it. */
export function ScoreBar({ score }: { readonly score: number | null }) {
  if (score === null) return <span className={styles['unknown']}>not known</span>;
  return (
    <span className={styles['scored']}>
      <span>{scoreWords(score)}</span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" className={charts['bar']} aria-hidden>
        <rect className={charts['track']} width={100} height={6} />
        <rect data-color={scoreColor(score)} width={score} height={6} />
      </svg>
    </span>
  );
}
