import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { BarTable } from '../charts/BarTable.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { BigNumber } from './BigNumber.js';

/** Who may change the organisation, by role. */
export function Administrators({ overview: { administrators, administratorCount } }: { readonly overview: AccessOverview }) {
  return (
    <Panel
      title="Administrators"
      aside={
        <AnchorLink to="/access/unused" search={{ tab: 'administrators' }} size="sm">
          Unused rights
        </AnchorLink>
      }
    >
      <BigNumber
        count={administratorCount}
        words={administratorCount === 1 ? 'account with a role' : 'accounts with a role'}
        kind="role_assignment"
      />
      {administrators.length === 0 ? (
        <Text size="sm">Nobody holds a role, or roles are not read.</Text>
      ) : (
        <BarTable
          label="Accounts by role"
          heads={['Role', 'Accounts']}
          bars={administrators.map(({ integration, role, accounts }) => ({
            id: `${integration} ${role.key}`,
            count: accounts,
            color: 'orange',
            name: (
              <AnchorLink
                to="/access/$integration/$kind/$key"
                params={{ integration, kind: role.kind, key: role.key }}
                size="sm"
              >
                {role.label}
              </AnchorLink>
            ),
          }))}
        />
      )}
    </Panel>
  );
}
