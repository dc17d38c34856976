import type { ActionRequestView } from '@castellan/api';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { offeredQuery, planQuery, useDecision } from './action-queries.js';
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

/** As it would be done now, with what is lost; as it was asked for, while that is not known. */
function Plan({ request: { integration, action, input, plan } }: { readonly request: ActionRequestView }) {
  const { data: offered } = useQuery(offeredQuery(integration.id));
  const { data: now } = useQuery(planQuery(integration.id, { action, input }));
  const isOutdated = now !== undefined && now.plan.state !== 'done' && now.plan.fingerprint !== plan.fingerprint;
  return (
    <>
      {isOutdated && (
        <Text size="sm" role="alert">
          It is not as it was when this was asked for, and would not be done: reject it, and ask for it anew. What would be done
          now:
        </Text>
      )}
      <PlanView
        integration={integration.id}
        plan={now?.plan ?? plan}
        actions={offered?.items ?? []}
        {...(now !== undefined && { losses: now })}
      />
    </>
  );
}
