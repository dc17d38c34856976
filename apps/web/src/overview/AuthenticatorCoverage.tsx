import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { BarTable } from '../charts/BarTable.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';

/** How well active accounts are protected. */
export function AuthenticatorCoverage({ overview: { authenticators } }: { readonly overview: AccessOverview }) {
  return (
    <Panel title="Authenticators of active accounts">
      {authenticators === null ? (
        <Text size="sm">Not known: no integration reads authenticators.</Text>
      ) : (
        <BarTable
          label="Active accounts by their strongest authenticator"
          heads={['Strongest authenticator', 'Accounts']}
          of={authenticators.resistant + authenticators.other + authenticators.none}
          bars={[
            {
              id: 'resistant',
              count: authenticators.resistant,
              color: 'green',
              name: (
                <AnchorLink
                  to="/records/$kind"
                  params={{ kind: 'authenticator' }}
                  search={{ filter: ['phishingResistant:true'] }}
                  size="sm"
                >
                  Resists phishing
                </AnchorLink>
              ),
            },
            {
              id: 'other',
              count: authenticators.other,
              color: 'yellow',
              name: (
                <AnchorLink
                  to="/records/$kind"
                  params={{ kind: 'authenticator' }}
                  search={{ filter: ['phishingResistant:false'] }}
                  size="sm"
                >
                  Another one
                </AnchorLink>
              ),
            },
            {
              id: 'none',
              count: authenticators.none,
              color: 'red',
              name: (
                <AnchorLink to="/records/$kind" params={{ kind: 'account' }} search={{ filter: ['status:active'] }} size="sm">
                  None (of all active accounts)
                </AnchorLink>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
