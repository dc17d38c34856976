import type { PlaybookDetail, PlaybookRunView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { RequestList } from '../actions/RequestList.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Loading } from '../states/Loading.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { playbookQuery, runQuery } from './playbook-queries.js';
import { RUN_LOOKS, WAITS_WORDS } from './playbook-words.js';
import { RecordLink } from './RecordLink.js';
import { RunSteps } from './RunSteps.js';
import { StopRun } from './StopRun.js';

const TITLE = 'Run of a playbook';
const route = getRouteApi('/signed-in/playbooks/runs/$id');

export function RunPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <OneRun />
    </Guarded>
  );
}

/** What has become of its steps, what it waits for, and what there is to say to that. */
function OneRun() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(runQuery(id));
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  // What is still to come stands in the playbook, which may be another version by now.
  const playbook = useQuery({ ...playbookQuery(data?.playbook.id ?? ''), enabled: data !== undefined }).data;
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {failed || <Loading height={480} />}
      </>
    );
  const own = playbook?.version === data.playbook.version ? playbook : undefined;
  return (
    <>
      <PageTitle title={`${data.playbook.title}: ${data.subject.name}`} actions={<StopRun run={data} />} />
      <Stack gap="md">
        {failed}
        <Standing run={data} playbook={own} />
        <RunFacts run={data} />
        <Panel title="Steps">
          <RunSteps run={data} playbook={own} />
        </Panel>
      </Stack>
    </>
  );
}

interface StandingProps {
  readonly run: PlaybookRunView;
  readonly playbook: PlaybookDetail | undefined;
}

/** Where it is, and how it came to its end. */
function Standing({ run, playbook }: StandingProps) {
  const { id, state, waitsFor, end, stoppedBy, reason, endedAt } = run;
  const says = playbook?.ends.find((one) => one.id === end)?.says;
  return (
    <Panel title="How it stands">
      <Stack gap={6} role="status" aria-live="polite">
        <Look look={RUN_LOOKS[state]} />
        {waitsFor !== null && <Text size="sm">{WAITS_WORDS[waitsFor]}</Text>}
        {end !== null && (
          <Text size="sm">
            {state === 'ended' ? 'It has ended' : 'All steps were gone through; it ends'} as “{end}”
            {says === undefined ? '.' : `: ${says}`}
          </Text>
        )}
        {state === 'stopped' && (
          <Text size="sm">
            {stoppedBy?.name ?? 'Somebody'} has stopped it: {reason}
          </Text>
        )}
        {state === 'expired' && <Text size="sm">It was not over by its deadline. What waited for a person was withdrawn.</Text>}
      </Stack>
      {/* Also where it waits for something else first, and what somebody has asked for before it did. */}
      {endedAt === null && <RequestList where={{ run: id, state: 'proposed' }} label="To be agreed to within 24 hours" />}
    </Panel>
  );
}

function RunFacts({ run }: { readonly run: PlaybookRunView }) {
  const { playbook, subject, integration, startedBy, startedAt, deadlineAt, endedAt } = run;
  return (
    <Facts
      facts={[
        ['About', <RecordLink key="subject" integration={integration.id} record={subject} />],
        ['Because of', <Because key="because" run={run} />],
        [
          'Playbook',
          <AnchorLink key="playbook" to="/playbooks/$id" params={{ id: playbook.id }} size="sm">
            {playbook.title}, version {playbook.version}
          </AnchorLink>,
        ],
        ['Begun by', startedBy.kind === 'playbook' ? 'Itself' : startedBy.name],
        ['Begun', <Ago key="begun" at={startedAt} />],
        endedAt === null
          ? ['Is given up', <Ago key="deadline" at={deadlineAt} isAhead />]
          : ['Ended', <Ago key="ended" at={endedAt} />],
        ['Integration', integration.name],
      ]}
    />
  );
}

function Because({ run: { findingId, incidentId } }: { readonly run: PlaybookRunView }) {
  if (incidentId !== null)
    return (
      <AnchorLink to="/incidents/$id" params={{ id: incidentId }} size="sm">
        an incident
      </AnchorLink>
    );
  return (
    <AnchorLink to="/findings/$id" params={{ id: findingId }} size="sm">
      a finding
    </AnchorLink>
  );
}
