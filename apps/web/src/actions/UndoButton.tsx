import type { ActionRequestView } from '@castellan/api';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { ActDialog, type Chosen } from './ActDialog.js';
import { offeredQuery } from './action-queries.js';

/** Takes back what was done, for as long as that is offered. */
export function UndoButton({ request }: { readonly request: ActionRequestView }) {
  const { id, integration, plan, undoUntil, findingId, incidentId } = request;
  const mayAsk = useMay('actions:request');
  const [chosen, setChosen] = useState<Chosen>();
  const { undo } = plan;
  const isOffered = mayAsk && undoUntil !== null && undo !== null;
  const { data } = useQuery({ ...offeredQuery(integration.id), enabled: isOffered });
  const action = data?.items.find(({ name }) => name === undo?.action);
  const cause = { ...(findingId !== null && { findingId }), ...(incidentId !== null && { incidentId }) };
  return (
    <>
      {isOffered && action !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          aria-label={`Take back …: ${request.title}, ${request.subject.name}`}
          onClick={() =>
            setChosen({ integration: integration.id, action, possible: { input: undo.input, open: [] }, cause, undoOf: id })
          }
        >
          Take back …
        </Button>
      )}
      {/* It stays when the offer is over: what became of it is shown in it. */}
      <ActDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}
