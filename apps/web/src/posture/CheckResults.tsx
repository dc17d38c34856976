import type { CheckDetail, CheckReason, CheckResult } from '@castellan/api';
import { Code, Group, Stack, Table, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { CHECK_LOOKS } from './check-looks.js';
import { countWords } from './posture-words.js';

interface CheckResultsProps {
  readonly results: readonly CheckResult[];
  readonly check: Pick<CheckDetail, 'population' | 'subject'>;
}

/** What a check says of each integration, and what stands in its way there. */
export function CheckResults({ results, check }: CheckResultsProps) {
  if (results.length === 0) return null;
  return (
    <Panel title="What it says">
      <SmallTable
        label="What it says of each integration"
        heads={['Integration', 'Says', 'Names', 'So since', 'Looked at']}
        minWidth={680}
        hasActions={false}
        narrow="lines"
      >
        {results.map((result) => (
          <Table.Tr key={result.integration.id}>
            <Table.Td>
              <AnchorLink to="/integrations/$id" params={{ id: result.integration.id }} size="sm">
                {result.integration.name}
              </AnchorLink>
            </Table.Td>
            <Table.Td maw={460}>
              <Stack gap={4}>
                <Look look={CHECK_LOOKS[result.status]} />
                {result.reasons.map((reason) => (
                  <Reason key={`${reason.code} ${reason.about}`} reason={reason} integration={result.integration.id} />
                ))}
              </Stack>
            </Table.Td>
            <Table.Td>{countWords({ ...check, ...result })}</Table.Td>
            <Table.Td>
              <Ago at={result.since} />
            </Table.Td>
            <Table.Td>
              <Ago at={result.evaluatedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </Panel>
  );
}

/** Where whoever has to act goes; `null`: nobody can, or only at the provider. */
const WAYS_OUT = {
  not_offered: null,
  switched_off: { to: '/integrations/$id/settings', label: 'Open the settings of the integration' },
  not_read: { to: '/integrations/$id', label: 'Open the integration' },
  refused: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  failed: { to: '/integrations/$id/runs', label: 'See its runs' },
  stale: { to: '/integrations/$id/runs', label: 'See its runs' },
  partial: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_said: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_observed: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_counted: { to: '/integrations/$id/runs', label: 'See its runs' },
  broken: null,
} as const satisfies Readonly<Record<CheckReason['code'], { readonly to: string; readonly label: string } | null>>;

function Reason({
  reason: { code, message, scopes },
  integration,
}: {
  readonly reason: CheckReason;
  readonly integration: string;
}) {
  const way = WAYS_OUT[code];
  return (
    <div>
      <Text size="sm">{message}</Text>
      {(scopes.length > 0 || way !== null) && (
        <Group gap={6}>
          {scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
          {way !== null && (
            <AnchorLink to={way.to} params={{ id: integration }} size="xs">
              {way.label}
            </AnchorLink>
          )}
        </Group>
      )}
    </div>
  );
}
