import type { ActionRequestView } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { offeredQuery, useDecision } from './action-queries.js';
import { Decisions } from './Decisions.js';
import { PlanView } from './PlanView.js';

/** Decides about one request. */
export function DecisionButtons({ request }: { readonly request: ActionRequestView }) {
  const { id, state, batchId, title, subject, requestedBy, reason } = request;
  const decision = useDecision(id);
  // Of a batch it is decided once for all.
  if (state !== 'proposed' || batchId !== null) return null;
  return (
    <Decisions name={`${title}, ${subject.name}`} label={title} requestedBy={requestedBy} reason={reason} decision={decision}>
      {(isOpen) => isOpen && <Plan request={request} />}
    </Decisions>
  );
}

function Plan({ request: { integration, plan } }: { readonly request: ActionRequestView }) {
  const { data: offered } = useQuery(offeredQuery(integration.id));
  return <PlanView integration={integration.id} plan={plan} actions={offered?.items ?? []} />;
}
