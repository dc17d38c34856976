import type { IncidentPerson } from '@castellan/api';
import { AnchorLink } from '../shell/links.js';

interface PersonLinkProps {
  readonly person: IncidentPerson;
  /** Id of the integration. */
  readonly integration: string;
}

/** An account that an incident names, and the way to what is known of it. */
export function PersonLink({ person: { key, label }, integration }: PersonLinkProps) {
  return (
    <AnchorLink to="/access/$integration/$kind/$key" params={{ integration, kind: 'account', key }} size="sm">
      {label}
    </AnchorLink>
  );
}
