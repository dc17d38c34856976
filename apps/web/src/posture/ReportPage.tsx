import { type CheckView, POSTURE_AREAS, type PostureOverview } from '@castellan/api';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useSession } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { dateWords, exactTime } from '../states/time-words.js';
import { AreaTrend } from './AreaTrend.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { NothingSeen } from './NothingSeen.js';
import { checksQuery, overviewQuery } from './posture-queries.js';
import { readPostureSearch } from './posture-search.js';
import { AREAS, scoreWords } from './posture-words.js';
import { PostureTabs } from './PostureTabs.js';
import { ReportArea } from './ReportArea.js';
import styles from './report.module.css';

const TITLE = 'Posture report';
/** A column that a telephone has no room for. */
const TREND = 'Last 90 days';
const route = getRouteApi('/signed-in/posture/report');

export function ReportPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Report />
    </Guarded>
  );
}

/** All that is known on paper: made for the printer, which makes a PDF of it as well. */
function Report() {
  const { integration } = readPostureSearch(route.useSearch());
  const navigate = useNavigate();
  const overview = useQuery(overviewQuery(integration));
  const checks = useQuery(checksQuery(integration));
  const error = overview.error ?? checks.error;
  const query = integration === undefined ? '' : `?${new URLSearchParams({ integration })}`;
  const isEmpty = overview.data?.areas.length === 0;
  return (
    <>
      <div className={styles['screen']}>
        <PageTitle
          title={TITLE}
          actions={
            <>
              <IntegrationFilter
                chosen={integration}
                onChoose={(id) => void navigate({ to: '/posture/report', search: id === undefined ? {} : { integration: id } })}
              />
              <Button
                component="a"
                size="xs"
                variant="default"
                leftSection={<IconDownload size={15} aria-hidden />}
                href={`/api/posture/report/export.csv${query}`}
                download="posture-report.csv"
              >
                CSV
              </Button>
              <Button size="xs" leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => window.print()}>
                Print, or save as PDF
              </Button>
            </>
          }
        />
        <PostureTabs chosen="/posture/report" integration={integration} />
      </div>
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void Promise.all([overview.refetch(), checks.refetch()])} />}
        {error === null && (overview.data === undefined || checks.data === undefined) && (
          <Skeleton height={480} aria-label="Loading" />
        )}
        {isEmpty && overview.data !== undefined && <NothingSeen overview={overview.data} />}
        {!isEmpty && overview.data !== undefined && checks.data !== undefined && (
          <Paper overview={overview.data} checks={checks.data} integration={integration} />
        )}
      </Stack>
    </>
  );
}

interface PaperProps {
  readonly overview: PostureOverview;
  readonly checks: readonly CheckView[];
  readonly integration: string | undefined;
}

function Paper({ overview, checks, integration }: PaperProps) {
  return (
    <article className={styles['paper']} aria-label="Report">
      <ReportHead overview={overview} integration={integration} />
      <table className={styles['table']} aria-label="Areas">
        <thead>
          <tr>
            {['Area', 'Score', TREND, 'Failed', 'Passed', 'Unknown', 'Excepted'].map((head) => (
              <th key={head} scope="col" className={head === TREND ? styles['trend'] : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
      {POSTURE_AREAS.map((area) => (
        <ReportArea key={area} area={area} checks={checks.filter((check) => check.area === area)} />
      ))}
    </article>
  );
}

/** Who, what and when: a page that lies on a desk has no address. */
function ReportHead({ overview, integration }: Omit<PaperProps, 'checks'>) {
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
      <p>
        Checks: {failed} failed, {passed} passed, {unknown} unknown. Findings that are excepted: {excepted}.
      </p>
    </header>
  );
}
