import type { ActionRequestView } from '@castellan/api';
import { Code, Stack, Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { ACTION_LOOKS } from './action-words.js';

/** How far it is, and what is so now, or why it is not. */
export function RequestState({ request }: { readonly request: ActionRequestView }) {
  const { state, message, problem, changed, undoUntil, byHand } = request;
  return (
    <Stack gap={4} role="status" aria-live="polite">
      <Look look={ACTION_LOOKS[state]} />
      {byHand && (
        <Text size="xs" c="dimmed">
          Done by hand, in the provider’s own console: from here it is only looked at.
        </Text>
      )}
      {message !== null && <Text size="sm">{message}</Text>}
      {changed === false && <Text size="sm">It was so already: nothing was sent.</Text>}
      {state === 'proposed' && <Text size="sm">Another person has to agree within 24 hours. Until then nothing is done.</Text>}
      {problem !== null && (
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
