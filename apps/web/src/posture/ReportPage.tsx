import { Button, Stack } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { NothingSeen } from './NothingSeen.js';
import { checksQuery, overviewQuery } from './posture-queries.js';
import { readPostureSearch } from './posture-search.js';
import { PostureTabs } from './PostureTabs.js';
import { ReportPaper } from './ReportPaper.js';
import { Loading } from '../states/Loading.js';
import styles from './report.module.css';

const TITLE = 'Posture report';
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
        {error === null && (overview.data === undefined || checks.data === undefined) && <Loading height={480} />}
        {isEmpty && overview.data !== undefined && <NothingSeen overview={overview.data} />}
        {!isEmpty && overview.data !== undefined && checks.data !== undefined && (
          <ReportPaper overview={overview.data} checks={checks.data} integration={integration} />
        )}
      </Stack>
    </>
  );
}
