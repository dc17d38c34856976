import type { ActionRequestView } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { findingQuery } from '../findings/findings-queries.js';
import { incidentQuery } from '../incidents/incident-queries.js';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';

type CauseOf = Pick<ActionRequestView, 'findingId' | 'incidentId'>;

interface CauseProps {
  /** What an action was asked for because of. */
  readonly of: CauseOf;
  /** Where nothing was found. */
  readonly none?: string;
}

/** The incident or the finding that is the cause of an action, by its name where that is known. */
export function Cause({ of: { incidentId, findingId }, none }: CauseProps) {
  if (incidentId !== null) return <IncidentCause id={incidentId} />;
  if (findingId !== null) return <FindingCause id={findingId} />;
  return none ?? null;
}

// What it is called does not change: it is not asked for again and again.
function IncidentCause({ id }: { readonly id: string }) {
  const { data } = useQuery({ ...incidentQuery(id), enabled: useMay('findings:read'), refetchInterval: false });
  return (
    <AnchorLink to="/incidents/$id" params={{ id }} size="sm">
      {data === undefined ? 'an incident' : `${data.rule.title}: ${data.subject.label}`}
    </AnchorLink>
  );
}

function FindingCause({ id }: { readonly id: string }) {
  const { data } = useQuery({ ...findingQuery(id), enabled: useMay('findings:read') });
  return (
    <AnchorLink to="/findings/$id" params={{ id }} size="sm">
      {data === undefined ? 'a finding' : `${data.rule.title}: ${data.subject.label}`}
    </AnchorLink>
  );
}
