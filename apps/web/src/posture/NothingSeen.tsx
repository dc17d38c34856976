import type { PostureOverview } from '@castellan/api';
import { IconPlugConnected, IconRadar2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';

/** Before the first look: why there is nothing, and what would change that. */
export function NothingSeen({ overview: { pending } }: { readonly overview: PostureOverview }) {
  const { data: integrations } = useQuery(integrationsQuery);
  const toIntegrations = (
    <ButtonLink to="/integrations" variant="light">
      See the integrations
    </ButtonLink>
  );
  if (integrations?.length === 0)
    return (
      <Empty icon={IconPlugConnected} title="Nothing is connected yet" action={toIntegrations}>
        Connect an integration: once it has been read, all checks look at it.
      </Empty>
    );
  if (pending > 0)
    return (
      <Empty icon={IconRadar2} title="Being looked at">
        All checks are looking at what was read. That takes seconds, with many accounts a minute; this page shows it by itself.
      </Empty>
    );
  return (
    <Empty icon={IconRadar2} title="Nobody has looked yet" action={toIntegrations}>
      The checks look at an organisation as soon as it has been read to its end for the first time. See how far its integration
      is.
    </Empty>
  );
}
