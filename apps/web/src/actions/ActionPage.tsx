import type { ActionRequestView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Loading } from '../states/Loading.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { offeredQuery, planQuery, requestQuery } from './action-queries.js';
import { Cause } from './Cause.js';
import { DecisionButtons } from './DecisionButtons.js';
import { PlanView } from './PlanView.js';
import { requestTitle } from './request-words.js';
import { RequestState } from './RequestState.js';
import { Touched } from './Touched.js';
import { UndoButton } from './UndoButton.js';

const TITLE = 'Action';
const route = getRouteApi('/signed-in/actions/$id');

export function ActionPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <OneAction />
    </Guarded>
  );
}

/** What somebody wanted to have done, what became of it, and the way back. */
function OneAction() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(requestQuery(id));
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {error === null ? <Loading height={360} /> : <Failed error={error} retry={() => void refetch()} />}
      </>
    );
  return (
    <>
      <PageTitle
        title={requestTitle(data)}
        actions={
          <>
            <DecisionButtons request={data} />
            <UndoButton request={data} />
          </>
        }
      />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        <Panel title="What became of it">
          <RequestState request={data} isLive />
          <Backs request={data} />
        </Panel>
        <RequestFacts request={data} />
        <Planned request={data} />
      </Stack>
    </>
  );
}

function RequestFacts({ request }: { readonly request: ActionRequestView }) {
  const { integration, subject, reason, requestedBy, createdAt, decidedBy, decidedAt, startedAt, endedAt } = request;
  const { batchId } = request;
  const when = (name: string, at: string | null) => (at === null ? [] : [[name, <Ago key={name} at={at} />] as const]);
  return (
    <Facts
      facts={[
        ['Done to', <Touched key="subject" integration={integration.id} subject={{ ...subject, label: subject.name }} />],
        ['Reason', reason ?? 'None was given'],
        ...(batchId === null
          ? []
          : [
              [
                'Part of',
                <AnchorLink key="batch" to="/actions/batches/$id" params={{ id: batchId }} size="sm">
                  a batch
                </AnchorLink>,
              ] as const,
            ]),
        ['Because of', <Cause key="cause" of={request} none="Nothing that was found" />],
        ['Asked for by', requestedBy.name],
        ...when('Asked for', createdAt),
        ...(decidedBy === null ? [] : [['Decided by', decidedBy.name] as const]),
        ...when('Decided', decidedAt),
        ...when('Begun', startedAt),
        ...when('Ended', endedAt),
        ['Integration', integration.name],
      ]}
    />
  );
}

function Backs({ request: { undoOf, undoneBy } }: { readonly request: ActionRequestView }) {
  return (
    <>
      {undoOf !== null && (
        <AnchorLink to="/actions/$id" params={{ id: undoOf }} size="sm">
          What it takes back
        </AnchorLink>
      )}
      {undoneBy !== null && (
        <AnchorLink to="/actions/$id" params={{ id: undoneBy }} size="sm">
          What took it back
        </AnchorLink>
      )}
    </>
  );
}

function Planned({ request }: { readonly request: ActionRequestView }) {
  const { integration, plan, problem, state, effect, byHand } = request;
  const { data } = useQuery(offeredQuery(integration.id));
  const mayAsk = useMay('actions:request');
  const losses = useQuery({ ...planQuery(integration.id, wantedOf(request)), enabled: mayAsk && state === 'proposed' }).data;
  const actions = data?.items ?? [];
  return (
    <>
      <Panel title={state === 'proposed' ? 'What is to be agreed to' : 'What was agreed to'}>
        <PlanView integration={integration.id} plan={plan} actions={actions} {...(losses !== undefined && { losses })} />
        {/* What is light takes nothing from anybody. */}
        {state !== 'proposed' && effect === 'destructive' && !byHand && (
          <Text size="xs" c="dimmed" mt="sm">
            Applications that would not be reached any more, and administrators that would be left, were shown before it was
            agreed to: they are not kept.
          </Text>
        )}
      </Panel>
      {problem?.outdated !== undefined && (
        <Panel title="What would have been done instead">
          <PlanView integration={integration.id} plan={problem.outdated} actions={actions} />
        </Panel>
      )}
    </>
  );
}

const wantedOf = ({ action, input }: ActionRequestView) => ({ action, input });
