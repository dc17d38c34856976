import styles from './charts.module.css';

/** A part of a whole, beside the numbers that say it. */
export function ShareBar({ part, of }: { readonly part: number; readonly of: number }) {
  return (
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" className={styles['bar']} aria-hidden>
      <rect className={styles['track']} width={100} height={6} />
      <rect data-color="orange" width={of === 0 ? 0 : (part / of) * 100} height={6} />
    </svg>
  );
}
