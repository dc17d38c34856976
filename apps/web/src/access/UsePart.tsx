import type { AccessUsage, PrincipalUsage, UsageCoverage } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DayBars } from '../charts/DayBars.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { type AccessPlace, usageQuery } from './access-queries.js';
import { nodeId } from './node-looks.js';
import { coverageSentence, sinceCoverage, timesWords } from './usage-words.js';
import { Loading } from '../states/Loading.js';

/** What an account, or a program, was seen to use; and the way to what it does not. */
export function UsePart({ place }: { readonly place: AccessPlace }) {
  const { data, error, refetch } = useQuery(usageQuery(place));
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={320} />;
  const { coverage, signIn, administration, api, days } = data;
  const isPerson = place.kind === 'account';
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {coverageSentence(coverage)}
      </Text>
      <Facts
        facts={[
          ...(isPerson ? [['Signed in', <Last key="in" usage={signIn} coverage={coverage} />] as const] : []),
          ['Used rights of administration', <Last key="admin" usage={administration} coverage={coverage} />],
          ['Called the API', <Last key="api" usage={api} coverage={coverage} />],
        ]}
      />
      {days.length > 0 && (
        <Panel title="The last 90 days">
          <DayBars
            label="Sign-ins and uses of applications by day"
            unit="uses"
            days={days.map(({ day, signIns, applications }) => ({ day, count: signIns + applications }))}
            span={90}
            observedSince={coverage?.since}
            search={{ actor: place.key, integration: place.integration }}
          />
        </Panel>
      )}
      {isPerson && <Applications usage={data} place={place} />}
    </Stack>
  );
}

function Last({ usage, coverage }: { readonly usage: AccessUsage | null; readonly coverage: UsageCoverage | null }) {
  if (usage === null) return coverage === null ? 'Not known' : `Not since ${sinceCoverage(coverage)}`;
  return (
    <>
      <Ago at={usage.lastAt} />, {timesWords(usage.times)} in all
    </>
  );
}

function Applications({ usage: { applications, coverage }, place }: { usage: PrincipalUsage; place: AccessPlace }) {
  return (
    <Panel
      title="Applications used"
      aside={
        coverage !== null && (
          <AnchorLink to="/access/$integration/$kind/$key" params={place} search={{ unused: 90, sort: 'lastUsed' }} size="sm">
            Which are not used
          </AnchorLink>
        )
      }
    >
      {applications.length === 0 ? (
        <Text size="sm">{coverage === null ? 'None is known.' : `None since ${sinceCoverage(coverage)}.`}</Text>
      ) : (
        <SmallTable
          label="Applications used"
          heads={['Application', 'Last used', 'First used', 'Times']}
          minWidth={480}
          hasActions={false}
          narrow="cards"
        >
          {applications.map(({ node, lastAt, firstAt, times }) => (
            <Table.Tr key={nodeId(node)}>
              <Table.Td>
                <AnchorLink
                  to="/access/$integration/$kind/$key"
                  params={{ integration: place.integration, kind: node.kind, key: node.key }}
                  size="sm"
                >
                  {node.label}
                </AnchorLink>
              </Table.Td>
              <Table.Td>
                <Ago at={lastAt} />
              </Table.Td>
              <Table.Td>
                <Ago at={firstAt} />
              </Table.Td>
              <Table.Td>{times.toLocaleString('en')}</Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </Panel>
  );
}
