import type { CheckView, PostureArea } from '@castellan/api';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { checkLook } from './check-looks.js';
import { affectedWords, AREAS, shownSeverity } from './posture-words.js';
import { ReportTable } from './ReportTable.js';
import styles from './report.module.css';

interface ReportAreaProps {
  readonly area: PostureArea;
  readonly checks: readonly CheckView[];
}

/** Every check of an area, with what it says. */
export function ReportArea({ area, checks }: ReportAreaProps) {
  if (checks.length === 0) return null;
  return (
    <section>
      <h3 className={styles['heading']}>{AREAS[area]}</h3>
      <ReportTable label={`Checks: ${AREAS[area]}`} heads={['Check', 'Severity', 'Result', 'Affected']} isStacked>
        {checks.map((check) => (
          <tr key={check.id}>
            <th scope="row">{check.title}</th>
            <td className={styles['nowrap']}>{SEVERITY_LOOKS[shownSeverity(check)].word}</td>
            <td>{checkLook(check).word}</td>
            <td>{affectedWords(check)}</td>
          </tr>
        ))}
      </ReportTable>
    </section>
  );
}
