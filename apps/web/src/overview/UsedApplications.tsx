import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { BarTable } from '../charts/BarTable.js';
import { coverageSentence } from '../access/usage-words.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';

/** What was opened most in the last 30 days. */
export function UsedApplications({ overview: { applications, coverage } }: { readonly overview: AccessOverview }) {
  return (
    <Panel
      title="Applications by use, last 30 days"
      aside={
        <AnchorLink to="/access/unused" size="sm">
          Unused access
        </AnchorLink>
      }
    >
      <Text size="xs" c="dimmed">
        {coverageSentence(coverage)}
      </Text>
      {applications.length > 0 && (
        <BarTable
          label="Applications by use"
          heads={['Application', 'Times opened']}
          bars={applications.map(({ integration, application, times }) => ({
            id: `${integration} ${application.key}`,
            count: times,
            name: (
              <AnchorLink
                to="/access/$integration/$kind/$key"
                params={{ integration, kind: application.kind, key: application.key }}
                search={{ sort: '-lastUsed' }}
                size="sm"
              >
                {application.label}
              </AnchorLink>
            ),
          }))}
        />
      )}
    </Panel>
  );
}
