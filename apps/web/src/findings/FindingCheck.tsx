import type { FindingDetail } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CheckFix } from '../posture/CheckFix.js';
import { Controls } from '../posture/Controls.js';
import { checkQuery } from '../posture/posture-queries.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { FindingByHand } from './FindingByHand.js';
import { Loading } from '../states/Loading.js';

/** Why a finding of a check matters, and how to mend it: nobody has to leave the finding for it. */
export function FindingCheck({ finding }: { readonly finding: FindingDetail }) {
  const { rule, integration } = finding;
  const { data: check, error, refetch } = useQuery(checkQuery(rule.id, integration.id));
  if (check === undefined)
    return error === null ? <Loading height={240} /> : <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      <Panel title="Why it matters">
        <Stack gap="xs">
          <Text size="sm" maw={760}>
            {check.why}
          </Text>
          {check.frameworks.length > 0 && (
            <div>
              <Text size="xs" c="dimmed">
                Frameworks
              </Text>
              <Controls controls={check.frameworks} integration={integration.id} />
            </div>
          )}
        </Stack>
      </Panel>
      <CheckFix check={check}>
        <FindingByHand finding={finding} />
      </CheckFix>
    </>
  );
}
