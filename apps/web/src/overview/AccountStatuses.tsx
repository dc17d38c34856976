import type { AccessOverview } from '@castellan/api';
import { BarTable } from '../charts/BarTable.js';
import { colorOf, wordOf } from '../records/words.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { BigNumber } from './BigNumber.js';

export function AccountStatuses({ overview: { accounts, accountsByStatus } }: { readonly overview: AccessOverview }) {
  return (
    <Panel title="Accounts">
      <BigNumber
        count={accounts}
        words={accounts === 1 ? 'account' : 'accounts'}
        list={{ to: '/records/$kind', params: { kind: 'account' } }}
      />
      <BarTable
        label="Accounts by status"
        heads={['Status', 'Accounts']}
        of={accounts}
        bars={accountsByStatus.map(({ name, count }) => ({
          id: name,
          count,
          color: colorOf(name),
          name: (
            <AnchorLink to="/records/$kind" params={{ kind: 'account' }} search={{ filter: [`status:${name}`] }} size="sm">
              {wordOf(name)}
            </AnchorLink>
          ),
        }))}
      />
    </Panel>
  );
}
