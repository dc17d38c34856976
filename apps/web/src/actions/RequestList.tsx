import type { ActionRequestView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { type RequestsWhere, requestsQuery } from './action-queries.js';
import { sharedConsequences } from './action-words.js';
import { Asked } from './Asked.js';
import { DecisionButtons } from './DecisionButtons.js';
import { useMayDecide } from './Decisions.js';
import { PartOfBatch } from './PartOfBatch.js';
import { requestTitle } from './request-words.js';
import { RequestState } from './RequestState.js';
import { StepDialog } from './StepDialog.js';
import { StepLine } from './StepLine.js';
import { byStep, type WaitingStep } from './step-groups.js';
import { UndoButton } from './UndoButton.js';
import styles from './actions.module.css';

interface RequestListProps {
  readonly where: RequestsWhere;
  readonly label: string;
  /** Why what was not begun never will be stands above, and is not said again of each. */
  readonly isEndSaid?: boolean;
}

/** What was asked for because of something, each with its way back; nothing where nothing was. */
export function RequestList({ where, label, isEndSaid = false }: RequestListProps) {
  const query = useInfiniteQuery(requestsQuery(where));
  const { data, error, refetch } = query;
  const mayDecide = useMayDecide();
  const [deciding, setDeciding] = useState<WaitingStep>();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  // What was not decided is told, also when nothing waits any more.
  if (items.length === 0 && deciding === undefined) return null;
  const isOfOneBatch = where.batch !== undefined && where.batch !== 'none';
  const shared = isOfOneBatch ? sharedConsequences(items.map(({ plan }) => plan)) : [];
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {shared.length > 0 && items.some(({ state }) => state === 'proposed') && (
        <Text size="sm">Of each: {shared.join(' ')}</Text>
      )}
      <ul className={styles['rows']} aria-label={label}>
        {byStep(items, mayDecide).map(({ one, step }) =>
          step === undefined ? (
            <RequestLine key={one.id} request={one} where={where} shared={shared} isEndSaid={isEndSaid} />
          ) : (
            <StepLine key={step.key} step={step} isOfCause={isOfCause(where)} onDecide={() => setDeciding(step)} />
          ),
        )}
      </ul>
      <StepDialog step={deciding} onClose={() => setDeciding(undefined)} />
      <LoadMore list={query} label="Show older ones" />
    </Stack>
  );
}

/** On the page of a cause that one is known. */
const isOfCause = ({ findingId, incidentId, run }: RequestsWhere): boolean =>
  findingId !== undefined || incidentId !== undefined || run !== undefined;

interface RequestLineProps extends Pick<RequestListProps, 'where'> {
  readonly isEndSaid: boolean;
  readonly request: ActionRequestView;
  /** What comes of each, and stands above. */
  readonly shared: readonly string[];
}

function RequestLine({ request, where, shared, isEndSaid }: RequestLineProps) {
  const { id, state, batchId, plan, reason } = request;
  const isWaiting = state === 'proposed';
  const own = plan.consequences.filter((one) => !shared.includes(one));
  return (
    <li className={styles['row']}>
      <div>
        <AnchorLink to="/actions/$id" params={{ id }} size="sm">
          {requestTitle(request)}
        </AnchorLink>
        <Text size="xs" c="dimmed">
          {request.requestedBy.name} · <Ago at={request.createdAt} />
        </Text>
        {batchId !== null && where.batch !== batchId && <PartOfBatch id={batchId} />}
        {isWaiting && <Text size="sm">{[plan.outcome, ...own].join(' ')}</Text>}
        {isWaiting && batchId === null && <Asked reason={reason} {...(!isOfCause(where) && { cause: request })} />}
        {/* Of a batch all waits at once, which stands above. */}
        {!(isWaiting && where.batch === batchId) && <RequestState request={request} isEndSaid={isEndSaid} />}
      </div>
      <Stack gap={6} align="flex-end">
        <DecisionButtons request={request} />
        <UndoButton request={request} />
      </Stack>
    </li>
  );
}
