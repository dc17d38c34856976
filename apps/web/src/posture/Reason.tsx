import type { CheckReason } from '@castellan/api';
import { Code, Group, Text } from '@mantine/core';
import { WayOut } from './WayOut.js';

interface ReasonProps {
  readonly reason: CheckReason;
  /** Id. */
  readonly integration: string;
}

/** Why a check cannot say anything, and where to go. */
export function Reason({ reason, integration }: ReasonProps) {
  return (
    <div>
      <Text size="sm">{reason.message}</Text>
      <Group gap={6}>
        {reason.scopes.map((scope) => (
          <Code key={scope}>{scope}</Code>
        ))}
        <WayOut code={reason.code} setting={reason.setting} integration={integration} />
      </Group>
    </div>
  );
}
