import type { FindingView } from '@castellan/api';
import { detectionLines, type EvidenceLine, evidenceLines, shortEvidenceLines } from './evidence-words.js';
import styles from './findings.module.css';

interface EvidenceProps {
  readonly of: Pick<FindingView, 'evidence' | 'subject' | 'source'>;
  /** In a row that has said whom it is about. */
  readonly isShort?: boolean;
}

/** What was seen, as names and values. */
export function Evidence({ of, isShort = false }: EvidenceProps) {
  const lines = linesOf(of, isShort);
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

function linesOf({ evidence, subject, source }: EvidenceProps['of'], isShort: boolean): readonly EvidenceLine[] {
  if (source === 'detection') return detectionLines(evidence);
  return isShort ? shortEvidenceLines(evidence, [subject.label, subject.detail]) : evidenceLines(evidence);
}
