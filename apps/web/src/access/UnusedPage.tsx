import { Group, SegmentedControl, Stack } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { AccessExport } from './AccessExport.js';
import { DaysChoice, STANDARD_DAYS } from './DaysChoice.js';
import { readUnusedSearch, type UnusedSearch } from './explorer-search.js';
import { IntegrationChoice, useChosenIntegration } from './IntegrationChoice.js';
import { QuestionActions } from './QuestionActions.js';
import { UnusedAdministrators } from './UnusedAdministrators.js';
import { UnusedApplications } from './UnusedApplications.js';

const TITLE = 'Unused access';
const TABS = [
  { value: 'applications', label: 'Applications' },
  { value: 'administrators', label: 'Administrators' },
];
const route = getRouteApi('/signed-in/access/unused');

export function UnusedPage() {
  return (
    <Guarded title={TITLE} needs="records:read">
      <Unused />
    </Guarded>
  );
}

/** What was given and is not used. */
function Unused() {
  const search = readUnusedSearch(route.useSearch());
  const { days = STANDARD_DAYS, tab } = search;
  const integration = useChosenIntegration(search.integration);
  const navigate = useNavigate();
  const change = (part: UnusedSearch): void => void navigate({ to: '/access/unused', search: { ...search, ...part } });
  return (
    <>
      <PageTitle title={TITLE} actions={<QuestionActions name={TITLE} />} />
      {integration === null && (
        <Empty
          icon={IconPlugConnected}
          title="Nothing is connected yet"
          action={
            <ButtonLink to="/integrations" variant="light">
              See the integrations
            </ButtonLink>
          }
        >
          What an integration reads of assignments and of its log is compared here.
        </Empty>
      )}
      {integration !== null && integration !== undefined && (
        <Stack gap="sm">
          <Group gap="xs">
            <SegmentedControl
              size="xs"
              aria-label="What is listed"
              data={TABS}
              value={tab ?? 'applications'}
              onChange={(chosen) => {
                const { tab: _tab, ...rest } = search;
                void navigate({ to: '/access/unused', search: chosen === 'administrators' ? { ...rest, tab: chosen } : rest });
              }}
            />
            <DaysChoice days={days} onChoose={(chosen) => change({ days: chosen })} />
            <IntegrationChoice chosen={integration} onChoose={(id) => change({ integration: id })} />
            <Group ml="auto">
              <AccessExport
                integration={integration}
                question={tab === 'administrators' ? 'unused-roles' : 'unused'}
                parts={{ days }}
              >
                All of this list.
              </AccessExport>
            </Group>
          </Group>
          {tab === 'administrators' ? (
            <UnusedAdministrators integration={integration} days={days} />
          ) : (
            <UnusedApplications integration={integration} days={days} />
          )}
        </Stack>
      )}
    </>
  );
}
