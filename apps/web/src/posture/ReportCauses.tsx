import type { PostureOverview } from '@castellan/api';
import { knownWords } from './posture-words.js';
import styles from './report.module.css';

/** Why checks are unknown, once for all that it concerns. */
export function ReportCauses({ causes }: Pick<PostureOverview, 'causes'>) {
  if (causes.length === 0) return null;
  const isOfSeveral = new Set(causes.map(({ integration }) => integration.id)).size > 1;
  return (
    <section>
      <h3 className={styles['heading']}>What would make unknown checks known</h3>
      <ul className={styles['causes']}>
        {causes.map((cause) => (
          <li key={`${cause.integration.id} ${cause.message}`}>
            {isOfSeveral && `${cause.integration.name}: `}
            {cause.message} {knownWords(cause)}
          </li>
        ))}
      </ul>
    </section>
  );
}
