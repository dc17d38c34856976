import { useQuery } from '@tanstack/react-query';
import { frameworksQuery } from './posture-queries.js';
import { ReportTable } from './ReportTable.js';
import styles from './report.module.css';

/** How many controls of each framework say what. */
export function ReportFrameworks({ integration }: { readonly integration: string | undefined }) {
  const { data = [] } = useQuery(frameworksQuery(integration));
  if (data.length === 0) return null;
  return (
    <section>
      <h3 className={styles['heading']}>Frameworks</h3>
      <ReportTable label="Frameworks" heads={['Controls of', 'Failed', 'Passed', 'Unknown', 'Not checked']}>
        {data.map(({ id, title, version, failed, passed, unknown, unchecked }) => (
          <tr key={id}>
            <th scope="row">
              {title} {version}
            </th>
            <td>{failed}</td>
            <td>{passed}</td>
            <td>{unknown}</td>
            <td>{unchecked}</td>
          </tr>
        ))}
      </ReportTable>
      <p>A control that passes here is not proven: checks speak to parts of it.</p>
    </section>
  );
}
