import type { ActionBatchView } from '@castellan/api';
import { useBatchDecision } from './batch-queries.js';
import { Decisions } from './Decisions.js';
import { RequestList } from './RequestList.js';

/** Decides about a batch, once for all of it. */
export function BatchDecisions({ batch }: { readonly batch: ActionBatchView }) {
  const { id, state, title, size, requestedBy, reason } = batch;
  const decision = useBatchDecision(id);
  if (state !== 'proposed') return null;
  return (
    <Decisions
      name={`${title}, ${size}`}
      label={`${title}: ${size}`}
      requestedBy={requestedBy}
      reason={reason}
      decision={decision}
    >
      {() => <RequestList where={{ batch: id }} label="To be done to each" />}
    </Decisions>
  );
}
