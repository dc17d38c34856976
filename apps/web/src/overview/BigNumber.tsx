import { Link } from '@tanstack/react-router';
import type { RecordKind } from '../records/fields.js';
import styles from './overview.module.css';

interface BigNumberProps {
  readonly count: number;
  readonly words: string;
  /** What the list behind it is of. */
  readonly kind: RecordKind;
}

/** A number of the whole, and the list of what it counts. */
export function BigNumber({ count, words, kind }: BigNumberProps) {
  return (
    <Link to="/records/$kind" params={{ kind }} className={styles['whole']}>
      <span className={styles['number']}>{count.toLocaleString('en')}</span> {words}
    </Link>
  );
}
