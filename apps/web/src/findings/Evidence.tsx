import type { FindingView } from '@castellan/api';
import { evidenceLines } from './evidence-words.js';
import styles from './findings.module.css';

/** What was seen, as names and values. */
export function Evidence({ of }: { readonly of: Pick<FindingView, 'evidence'> }) {
  const lines = evidenceLines(of.evidence);
  if (lines.length === 0) return null;
  return (
    <dl className={styles['evidence']}>
      {lines.map(({ name, values }) => (
        <div key={name}>
          <dt>{name}</dt>
          {values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value may be there twice, and they never move
            <dd key={index}>{value}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
