import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { BarTable } from '../charts/BarTable.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { BigNumber } from './BigNumber.js';

interface Others {
  readonly show: 'group' | 'client';
  readonly count: (overview: AccessOverview) => number;
  readonly one: string;
  readonly many: string;
}

/** Who holds a role besides accounts. */
const OTHERS: readonly Others[] = [
  {
    show: 'group',
    count: ({ administratorGroupCount }) => administratorGroupCount,
    one: 'group with a role',
    many: 'groups with a role',
  },
  {
    show: 'client',
    count: ({ administratorClientCount }) => administratorClientCount,
    one: 'program with a role',
    many: 'programs with a role',
  },
];

/** Who may change the organisation, by role. */
export function Administrators({ overview }: { readonly overview: AccessOverview }) {
  const { administrators, administratorCount } = overview;
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
        list={{ to: '/access/administrators' }}
      />
      <Text size="sm" component="div">
        {OTHERS.map(({ show, count, one, many }, index) => (
          <span key={show}>
            {index > 0 && ' · '}
            <AnchorLink to="/access/administrators" search={{ show }} size="sm">
              {`${count(overview).toLocaleString('en')} ${count(overview) === 1 ? one : many}`}
            </AnchorLink>
          </span>
        ))}
      </Text>
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
