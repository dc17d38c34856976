import type { AccessOverview } from '@castellan/api';
import { Stack } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { RecordsFreshness } from '../records/RecordsFreshness.js';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { AccountStatuses } from './AccountStatuses.js';
import { Administrators } from './Administrators.js';
import { AuthenticatorCoverage } from './AuthenticatorCoverage.js';
import { overviewQuery } from './overview-query.js';
import { SignIns } from './SignIns.js';
import { UsedApplications } from './UsedApplications.js';
import { Loading } from '../states/Loading.js';
import styles from './overview.module.css';

const TITLE = 'Overview';

export function OverviewPage() {
  return (
    <Guarded title={TITLE} needs="records:read">
      <Overview />
    </Guarded>
  );
}

/** The workspace in numbers; each leads to the list behind it. */
function Overview() {
  const { data, error, refetch } = useQuery(overviewQuery);
  return (
    <>
      <PageTitle title={TITLE} aside={<RecordsFreshness kind="account" integration={undefined} />} />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={480} />}
      {data?.accounts === 0 && (
        <Empty
          icon={IconPlugConnected}
          title="Nothing was collected yet"
          action={
            <ButtonLink to="/integrations" variant="light">
              See the integrations
            </ButtonLink>
          }
        >
          As soon as an integration has read accounts the organisation is here in numbers.
        </Empty>
      )}
      {data !== undefined && data.accounts > 0 && <Numbers overview={data} />}
    </>
  );
}

function Numbers({ overview }: { readonly overview: AccessOverview }) {
  return (
    <div className={styles['panels']}>
      <Stack gap="md">
        <AccountStatuses overview={overview} />
        <Administrators overview={overview} />
      </Stack>
      <Stack gap="md">
        <AuthenticatorCoverage overview={overview} />
        <UsedApplications overview={overview} />
      </Stack>
      <SignIns overview={overview} />
    </div>
  );
}
