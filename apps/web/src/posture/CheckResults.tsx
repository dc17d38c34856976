import type { CheckDetail, CheckResult } from '@castellan/api';
import { Stack, Table } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { CHECK_LOOKS } from './check-looks.js';
import { affectedWords } from './posture-words.js';
import { Reason } from './Reason.js';

interface CheckResultsProps {
  readonly results: readonly CheckResult[];
  readonly check: Pick<CheckDetail, 'population' | 'subject'>;
}

/** What a check says of each integration, and what stands in its way there. */
export function CheckResults({ results, check }: CheckResultsProps) {
  if (results.length === 0) return null;
  return (
    <Panel title="Result">
      <SmallTable
        label="Result of each integration"
        heads={['Integration', 'Result', 'Affected', 'So since', 'Looked at']}
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
            <Table.Td>{affectedWords({ ...check, ...result })}</Table.Td>
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
