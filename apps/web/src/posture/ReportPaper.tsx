import { type CheckView, POSTURE_AREAS, type PostureOverview } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useSession } from '../session/session.js';
import { dateWords, exactTime } from '../states/time-words.js';
import { AreaTrend } from './AreaTrend.js';
import { AREAS, coverageWords, scoreWords } from './posture-words.js';
import { ReportArea } from './ReportArea.js';
import { ReportCauses } from './ReportCauses.js';
import { ReportFindings } from './ReportFindings.js';
import { ReportFrameworks } from './ReportFrameworks.js';
import { ReportTable } from './ReportTable.js';
import styles from './report.module.css';

/** A column that a telephone has no room for. */
const TREND = 'Last 90 days';

interface ReportPaperProps {
  readonly overview: PostureOverview;
  readonly checks: readonly CheckView[];
  readonly integration: string | undefined;
}

/** What is on the paper: what matters first, and each check at the end. */
export function ReportPaper({ overview, checks, integration }: ReportPaperProps) {
  return (
    <article className={styles['paper']} aria-label="Report">
      <ReportHead overview={overview} integration={integration} />
      <ReportFindings overview={overview} integration={integration} />
      <ReportPaths paths={overview.paths} />
      <h3 className={styles['heading']}>Areas</h3>
      <ReportTable label="Areas" heads={['Area', 'Score', TREND, 'Failed', 'Passed', 'Unknown', 'Excepted']} trend={TREND}>
        {overview.areas.map(({ area, score, failed, passed, unknown, excepted }) => (
          <tr key={area}>
            <th scope="row">{AREAS[area]}</th>
            <td>{score === null ? 'not known' : scoreWords(score)}</td>
            <td className={styles['trend']}>
              <AreaTrend area={area} trend={overview.trend} />
            </td>
            <td>{failed}</td>
            <td>{passed}</td>
            <td>{unknown}</td>
            <td>{excepted}</td>
          </tr>
        ))}
      </ReportTable>
      <ReportFrameworks integration={integration} />
      <ReportCauses causes={overview.causes} />
      {POSTURE_AREAS.map((area) => (
        <ReportArea key={area} area={area} checks={checks.filter((check) => check.area === area)} />
      ))}
    </article>
  );
}

/** Who, what and when: a page that lies on a desk has no address. */
function ReportHead({ overview, integration }: Omit<ReportPaperProps, 'checks'>) {
  const { workspace, user } = useSession();
  const { data: integrations = [] } = useQuery(integrationsQuery);
  const names = integrations.filter(({ id }) => integration === undefined || id === integration).map(({ name }) => name);
  const { score, failed, passed, unknown, excepted, evaluatedAt } = overview;
  return (
    <header>
      <h2 className={styles['title']}>Posture of {workspace.name}</h2>
      <p>
        {dateWords(Date.now())}
        {user !== null && ` · made by ${user.name}`} · {names.length === 1 ? 'integration' : 'integrations'}: {names.join(', ')}
      </p>
      <p>
        {evaluatedAt === null ? 'Not every integration was looked at yet.' : `As of ${exactTime(Date.parse(evaluatedAt))}.`}
      </p>
      <p className={styles['score']}>Score: {score === null ? 'not known' : `${scoreWords(score)} of 100`}</p>
      <p>{coverageWords(overview)}</p>
      <p>
        Checks: {failed} failed, {passed} passed, {unknown} unknown. Findings that are excepted: {excepted}.
      </p>
    </header>
  );
}

function ReportPaths({ paths }: Pick<PostureOverview, 'paths'>) {
  if (paths === null) return null;
  const { starts, chokePoints } = paths;
  return (
    <section>
      <h3 className={styles['heading']}>Ways to tier zero</h3>
      <p>
        {starts === 0
          ? 'Nobody and nothing outside of tier zero was found to have a way there.'
          : `${starts.toLocaleString('en')} accounts, programs, applications and identity providers could become an administrator of everything, by rights that nobody gave them for it. ${chokeWords(chokePoints)}`}
      </p>
    </section>
  );
}

function chokeWords(count: number): string {
  if (count === 0) return 'No single step cuts off several of them.';
  return `${count.toLocaleString('en')} ${count === 1 ? 'step, taken away, cuts' : 'steps, taken away, cut'} off many of them: the page of the ways names them.`;
}
