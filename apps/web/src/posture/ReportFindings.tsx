import type { PostureOverview } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { worstFindingsQuery } from './posture-queries.js';
import { ReportTable } from './ReportTable.js';
import styles from './report.module.css';

interface ReportFindingsProps {
  readonly overview: Pick<PostureOverview, 'open'>;
  readonly integration: string | undefined;
}

/** The worst by name, as many as one reads. */
export function ReportFindings({ overview: { open }, integration }: ReportFindingsProps) {
  const { data = [] } = useQuery(worstFindingsQuery(integration));
  const all = open.critical + open.high;
  if (all === 0) return null;
  return (
    <section>
      <h3 className={styles['heading']}>
        Critical and high findings: {open.critical.toLocaleString('en')} and {open.high.toLocaleString('en')}
      </h3>
      <ReportTable label="Critical and high findings" heads={['Affected', 'Severity', 'Check']} isStacked>
        {data.map(({ id, subject, severity, rule }) => (
          <tr key={id}>
            <th scope="row">
              {subject.label}
              {subject.detail !== null && subject.detail !== subject.label && <small> {subject.detail}</small>}
            </th>
            <td className={styles['nowrap']}>{SEVERITY_LOOKS[severity].word}</td>
            <td>{rule.title}</td>
          </tr>
        ))}
      </ReportTable>
      {all > data.length && data.length > 0 && (
        <p>And {(all - data.length).toLocaleString('en')} more: see the list of findings.</p>
      )}
    </section>
  );
}
