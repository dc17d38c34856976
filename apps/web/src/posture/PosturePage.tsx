import type { PostureOverview } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { Causes } from './Causes.js';
import { AreaTable } from './AreaTable.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { LastLook, LookAgain } from './LookAgain.js';
import { NothingSeen } from './NothingSeen.js';
import { overviewQuery } from './posture-queries.js';
import { readPostureSearch } from './posture-search.js';
import { PostureTabs } from './PostureTabs.js';
import { ScorePanel } from './ScorePanel.js';
import { ScoreTrend } from './ScoreTrend.js';
import { ToDoTable } from './ToDoTable.js';
import { Loading } from '../states/Loading.js';
import styles from './posture.module.css';

const TITLE = 'Posture';
const route = getRouteApi('/signed-in/posture');

export function PosturePage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Posture />
    </Guarded>
  );
}

/** How the organisations stand, and where to begin. */
function Posture() {
  const { integration } = readPostureSearch(route.useSearch());
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(overviewQuery(integration));
  return (
    <>
      <PageTitle
        title={TITLE}
        aside={data !== undefined && <LastLook overview={data} />}
        actions={
          <>
            <IntegrationFilter
              chosen={integration}
              onChoose={(id) => void navigate({ to: '/posture', search: id === undefined ? {} : { integration: id } })}
            />
            {data !== undefined && <LookAgain overview={data} integration={integration} />}
          </>
        }
      />
      <PostureTabs chosen="/posture" integration={integration} />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={480} />}
        {data !== undefined && data.areas.length === 0 && <NothingSeen overview={data} />}
        {data !== undefined && data.areas.length > 0 && <Standing overview={data} integration={integration} />}
      </Stack>
    </>
  );
}

interface StandingProps {
  readonly overview: PostureOverview;
  readonly integration: string | undefined;
}

function Standing({ overview, integration }: StandingProps) {
  const { areas, trend, worst, quickWins } = overview;
  return (
    <>
      <div className={styles['panels']}>
        <ScorePanel overview={overview} integration={integration} />
        <ScoreTrend trend={trend} />
      </div>
      <Causes overview={overview} integration={integration} />
      <Panel title="Areas, worst first">
        <AreaTable areas={areas} trend={trend} integration={integration} />
      </Panel>
      <div className={styles['panels']}>
        <Panel title="Worst first">
          <Text size="xs" c="dimmed">
            By the severity of the worst finding, then by what mending it brings.
          </Text>
          <ToDoTable label="Checks that fail, worst first" toDo={worst} integration={integration} shows="severity" />
        </Panel>
        <Panel title="Quick wins">
          <Text size="xs" c="dimmed">
            By the points that mending brings for the work that it takes: what takes minutes before what takes days.
          </Text>
          <ToDoTable label="Most points for the least work first" toDo={quickWins} integration={integration} shows="gain" />
        </Panel>
      </div>
    </>
  );
}
