import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { type RequestsWhere, requestsQuery } from './action-queries.js';
import { Asked } from './Asked.js';
import { DecisionButtons } from './DecisionButtons.js';
import { requestTitle } from './request-words.js';
import { RequestState } from './RequestState.js';
import { UndoButton } from './UndoButton.js';
import styles from './actions.module.css';

interface RequestListProps {
  readonly where: RequestsWhere;
  readonly label: string;
  /** What stands above it already, and is not said again of each. */
  readonly said?: string;
}

/** What was asked for because of something, each with its way back; nothing where nothing was. */
export function RequestList({ where, label, said }: RequestListProps) {
  const query = useInfiniteQuery(requestsQuery(where));
  const { data, error, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (items.length === 0) return null;
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <ul className={styles['rows']} aria-label={label}>
        {items.map((request) => (
          <li key={request.id} className={styles['row']}>
            <div>
              <AnchorLink to="/actions/$id" params={{ id: request.id }} size="sm">
                {requestTitle(request)}
              </AnchorLink>
              <Text size="xs" c="dimmed">
                {request.requestedBy.name} · <Ago at={request.createdAt} />
              </Text>
              {request.state === 'proposed' && (
                <Text size="sm">{[request.plan.outcome, ...request.plan.consequences].join(' ')}</Text>
              )}
              {/* Of a batch it stands above; on the page of a cause that one is known. */}
              {request.state === 'proposed' && request.batchId === null && (
                <Asked
                  reason={request.reason}
                  {...(where.findingId === undefined && where.incidentId === undefined && { cause: request })}
                />
              )}
              <RequestState request={request} {...(said !== undefined && { said })} />
            </div>
            <Stack gap={6} align="flex-end">
              <DecisionButtons request={request} />
              <UndoButton request={request} />
            </Stack>
          </li>
        ))}
      </ul>
      <LoadMore list={query} label="Show older ones" />
    </Stack>
  );
}
