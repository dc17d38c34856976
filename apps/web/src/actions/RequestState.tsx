import type { ActionRequestView } from '@castellan/api';
import { Code, Stack, Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { lookOf } from './action-words.js';

interface RequestStateProps {
  readonly request: ActionRequestView;
  /** What changes in it is read out: only where somebody waits for this one. */
  readonly isLive?: boolean;
  /** Why it was not begun stands above it already. */
  readonly isEndSaid?: boolean;
}

/** How far it is, and what is so now, or why it is not. */
export function RequestState({ request, isLive = false, isEndSaid = false }: RequestStateProps) {
  const { state, message, problem, changed, undoUntil, byHand } = request;
  return (
    <Stack gap={4} {...(isLive && { role: 'status' })}>
      <Look look={lookOf(request)} />
      {byHand && (
        <Text size="xs" c="dimmed">
          Done by hand, in the provider’s own console: from here it is only looked at.
        </Text>
      )}
      {message !== null && <Text size="sm">{message}</Text>}
      {changed === false && state !== 'verified' && <Text size="sm">It was so already: nothing was sent.</Text>}
      {state === 'proposed' && <Text size="sm">Another person has to agree within 24 hours. Until then nothing is done.</Text>}
      {problem !== null && !(isEndSaid && isOfBatch(problem.kind, state)) && (
        <Text size="sm" {...(state === 'failed' && { c: 'var(--castellan-red)' })}>
          {problem.message}
          {problem.missing !== undefined && problem.missing.length > 0 && (
            <>
              {' '}
              Missing: <Code>{problem.missing.join(', ')}</Code>
            </>
          )}
        </Text>
      )}
      {undoUntil !== null && (
        <Text size="xs" c="dimmed">
          Can be taken back; the offer ends <Ago at={undoUntil} isAhead />.
        </Text>
      )}
    </Stack>
  );
}

/** The host says of each object of a batch why all of it was stopped, or withdrawn. */
const isOfBatch = (kind: string, state: ActionRequestView['state']): boolean =>
  state === 'withdrawn' && (kind === 'stopped' || kind === 'expired');
