import type { IntegrationView } from '@castellan/api';
import { IconActivity, IconListSearch, IconPlugConnected, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { SEARCHED } from './incident-words.js';

interface NothingToTriageProps {
  /** By filters. */
  readonly isNarrowed: boolean;
  /** By words. */
  readonly isSearched: boolean;
}

/** Why the queue is empty, and what would change that. */
export function NothingToTriage({ isNarrowed, isSearched }: NothingToTriageProps) {
  const { data: integrations } = useQuery(integrationsQuery);
  if (isNarrowed)
    return (
      <Empty
        icon={IconListSearch}
        title="No incident matches"
        action={
          <ButtonLink to="/incidents" variant="light">
            Show all that are to be worked through
          </ButtonLink>
        }
      >
        {isSearched && `The search looks in ${SEARCHED}; each word must be somewhere in them. `}
        Choose fewer {isSearched ? 'words or filters' : 'filters'}, or another status.
      </Empty>
    );
  if (integrations?.length === 0)
    return (
      <Empty
        icon={IconPlugConnected}
        title="Nothing is connected yet"
        action={
          <ButtonLink to="/integrations" variant="light">
            See the integrations
          </ButtonLink>
        }
      >
        Connect an integration: rules look at what happens there from then on.
      </Empty>
    );
  if (integrations !== undefined && !integrations.some(readsLog)) return <NoLog integrations={integrations} />;
  return (
    <Empty
      icon={IconShieldCheck}
      title="Nothing to work through"
      action={
        <ButtonLink to="/incidents" search={{ status: 'closed' }} variant="light">
          See those that are closed
        </ButtonLink>
      }
    >
      No rule has found anything in the activity that was read, or all of it was dealt with. What is found from now on appears
      here by itself.
    </Empty>
  );
}

/** An integration counts the kinds that it reads, be it none of them. */
export function readsLog({ counts }: Pick<IntegrationView, 'counts'>): boolean {
  return counts.activity !== undefined;
}

function NoLog({ integrations }: { readonly integrations: readonly IntegrationView[] }) {
  const [only, ...others] = integrations;
  return (
    <Empty
      icon={IconActivity}
      title="No activity is read"
      action={
        only !== undefined && others.length === 0 ? (
          <ButtonLink to="/integrations/$id/settings" params={{ id: only.id }} variant="light">
            Open the settings of {only.name}
          </ButtonLink>
        ) : (
          <ButtonLink to="/integrations" variant="light">
            See the integrations
          </ButtonLink>
        )
      }
    >
      Rules look at the log of what happens, and no integration reads one: attacks would not be seen. The settings of an
      integration say whether it reads its log.
    </Empty>
  );
}
