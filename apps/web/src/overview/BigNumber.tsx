import { Link, type LinkProps } from '@tanstack/react-router';
import styles from './overview.module.css';

interface BigNumberProps {
  readonly count: number;
  readonly words: string;
  /** The list behind it, which has as many rows. */
  readonly list: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

/** A number of the whole, and the list of what it counts. */
export function BigNumber({ count, words, list }: BigNumberProps) {
  return (
    <Link {...list} className={styles['whole']}>
      <span className={styles['number']}>{count.toLocaleString('en')}</span> {words}
    </Link>
  );
}
