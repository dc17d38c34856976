import type { ActionBatchView } from '@castellan/api';
import { useBatchDecision } from './batch-queries.js';
import { Decisions } from './Decisions.js';
import { RequestList } from './RequestList.js';
import { Scrolled } from './Scrolled.js';

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
      {() => (
        <Scrolled label="Each object">
          <RequestList where={{ batch: id }} label="To be done to each" />
        </Scrolled>
      )}
    </Decisions>
  );
}
