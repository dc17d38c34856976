import type { CheckView } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink, ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { Misread } from '../states/Misread.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { CausesOf } from './Causes.js';
import { ChecksFilters } from './ChecksFilters.js';
import { LastLookOf } from './LookAgain.js';
import { checksQuery } from './posture-queries.js';
import { type ChecksChange, type ChecksSearch, kept, misread, readChecksSearch } from './posture-search.js';
import { checkLook } from './check-looks.js';
import { affectedWords, AREAS, isMeant, reasonWords, shownSeverity } from './posture-words.js';
import { PostureTabs } from './PostureTabs.js';
import { Loading } from '../states/Loading.js';
import styles from './posture.module.css';

const TITLE = 'Checks';
const route = getRouteApi('/signed-in/posture/checks');

export function ChecksPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Checks />
    </Guarded>
  );
}

/** All checks, and what each says. */
function Checks() {
  const search = readChecksSearch(route.useSearch());
  const { data, error, refetch } = useQuery(checksQuery(search.integration));
  const navigate = useNavigate();
  const change = useCallback(
    (part: ChecksChange, replace = false) =>
      void navigate({
        to: '/posture/checks',
        search: (now: Readonly<Record<string, unknown>>) => kept<ChecksSearch>({ ...readChecksSearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const shown = data?.filter((check) => isShown(check, search));
  return (
    <>
      <PageTitle title={TITLE} aside={<LastLookOf integration={search.integration} />} />
      <PostureTabs chosen="/posture/checks" integration={search.integration} />
      <Stack gap="sm">
        <Misread found={misread(useLocation().search, search)} />
        <ChecksFilters search={search} change={change} />
        {search.status === 'unknown' && <CausesOf integration={search.integration} />}
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={480} />}
        {data !== undefined && shown !== undefined && (
          <Text size="sm" c="dimmed" role="status">
            {shown.length === data.length ? `${data.length} checks.` : `${shown.length} of ${data.length} checks.`}
          </Text>
        )}
        {shown?.length === 0 && (
          <Empty
            icon={IconListSearch}
            title="No check matches"
            action={
              <ButtonLink to="/posture/checks" variant="light">
                Show all checks
              </ButtonLink>
            }
          >
            Choose fewer filters, or other words.
          </Empty>
        )}
        {shown !== undefined && shown.length > 0 && <ChecksTable checks={shown} integration={search.integration} />}
      </Stack>
    </>
  );
}

function isShown(check: CheckView, { area, status, severity, q }: ChecksSearch): boolean {
  return (
    (area === undefined || check.area === area) &&
    (status === undefined || (check.enabled ? (check.status ?? 'none') : 'off') === status) &&
    (severity === undefined || shownSeverity(check) === severity) &&
    isMeant(check, q)
  );
}

interface ChecksTableProps {
  readonly checks: readonly CheckView[];
  readonly integration: string | undefined;
}

function ChecksTable({ checks, integration }: ChecksTableProps) {
  return (
    <SmallTable
      label="Checks"
      heads={['Check', 'Result', 'Severity', 'Affected']}
      minWidth={760}
      hasActions={false}
      narrow="lines"
    >
      {checks.map((check) => (
        <Table.Tr key={check.id}>
          <Table.Td className={styles['entry']}>
            <AnchorLink
              to="/posture/checks/$check"
              params={{ check: check.id }}
              search={integration === undefined ? {} : { integration }}
              size="sm"
              display="block"
            >
              {check.title}
            </AnchorLink>
            <Text size="xs" c="dimmed">
              {AREAS[check.area]}
            </Text>
          </Table.Td>
          <Table.Td maw={380}>
            <Look look={checkLook(check)} />
            {check.status === 'unknown' && (
              <Text size="xs" c="dimmed">
                {reasonWords(check.results)}
              </Text>
            )}
          </Table.Td>
          <Table.Td>
            <Look look={SEVERITY_LOOKS[shownSeverity(check)]} />
          </Table.Td>
          <Table.Td>{affectedWords(check)}</Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}
