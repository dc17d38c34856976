import { useQuery } from '@tanstack/react-query';
import { frameworksQuery } from './posture-queries.js';
import styles from './report.module.css';

/** How many controls of each framework say what. */
export function ReportFrameworks({ integration }: { readonly integration: string | undefined }) {
  const { data = [] } = useQuery(frameworksQuery(integration));
  if (data.length === 0) return null;
  return (
    <section>
      <h3 className={styles['heading']}>Frameworks</h3>
      <table className={styles['table']} aria-label="Frameworks">
        <thead>
          <tr>
            {['Controls of', 'Failed', 'Passed', 'Unknown', 'Not checked'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
      <p>A control that passes here is not proven: checks speak to parts of it.</p>
    </section>
  );
}
