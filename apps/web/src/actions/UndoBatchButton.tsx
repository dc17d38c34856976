import type { ActionBatchUndoView, ActionBatchView, OfferedAction } from '@castellan/api';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { offeredQuery } from './action-queries.js';
import { BatchDialog, type ChosenBatch } from './BatchDialog.js';
import { useBatchUndo } from './batch-queries.js';

/** Takes back all of a batch that can be taken back, for as long as that is offered. */
export function UndoBatchButton({ batch }: { readonly batch: ActionBatchView }) {
  const { id, integration, title, size, state, undoable } = batch;
  const mayAsk = useMay('actions:request');
  const [chosen, setChosen] = useState<ChosenBatch>();
  // What is under way is stopped first.
  const isOffered = mayAsk && undoable > 0 && (state === 'ended' || state === 'stopped');
  const { data } = useQuery({ ...offeredQuery(integration.id), enabled: isOffered });
  const undo = useBatchUndo(id, (view) => setChosen(chosenOf(view, integration.id, data?.items ?? [])));
  return (
    <>
      {isOffered && data !== undefined && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            aria-label={`Take all back …: ${title}, ${size}`}
            loading={undo.isPending}
            onClick={() => undo.mutate()}
          >
            Take all back …
          </Button>
          {undo.error !== null && <Failed error={undo.error} />}
        </>
      )}
      {/* It stays when the offer is over: what became of it is shown in it. */}
      <BatchDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}

/** @returns `undefined`: by now nothing can be taken back */
function chosenOf(
  { steps: [first, ...later], leftOut }: ActionBatchUndoView,
  integration: string,
  actions: readonly OfferedAction[],
): ChosenBatch | undefined {
  const action = actions.find(({ name }) => name === first?.action);
  if (first === undefined || action === undefined) return undefined;
  return {
    integration,
    action,
    objects: first.items.map(({ name, input, undoOf, findingId, incidentId }) => ({
      label: name,
      input,
      undoOf,
      cause: { ...(findingId !== null && { findingId }), ...(incidentId !== null && { incidentId }) },
    })),
    leftOut: [
      // A batch is one action.
      ...later.flatMap(({ items }) =>
        items.map(({ name }) => ({ label: name, why: 'Another action takes it back: the next time.' })),
      ),
      ...leftOut.map(({ name, why }) => ({ label: name, why })),
    ],
  };
}
