import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
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
              name: behind('phishing_resistant', 'Resists phishing'),
            },
            { id: 'other', count: authenticators.other, color: 'yellow', name: behind('other', 'Another one') },
            { id: 'none', count: authenticators.none, color: 'red', name: behind('none', 'None') },
          ]}
        />
      )}
    </Panel>
  );
}

/** A link to the accounts that a bar counts. */
function behind(authenticator: string, words: string): ReactNode {
  const filter = ['status:active', `authenticator:${authenticator}`];
  return (
    <AnchorLink to="/records/$kind" params={{ kind: 'account' }} search={{ filter }} size="sm">
      {words}
    </AnchorLink>
  );
}
