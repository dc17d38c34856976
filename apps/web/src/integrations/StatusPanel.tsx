import type { IntegrationDetail, IntegrationStatus } from '@castellan/api';
import { Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useNow } from '../states/now.js';
import { Panel } from '../states/Panel.js';
import { StatusMessage } from './StatusMessage.js';
import { STATUS_LOOKS } from './status-looks.js';
import { type StreamSentence, streamSentences } from './status-words.js';

interface StatusPanelProps {
  readonly integration: IntegrationDetail;
  readonly status: IntegrationStatus;
}

/** How it stands, in words: where only some streams are fresh, which, and why the others are not. */
export function StatusPanel({ integration, status }: StatusPanelProps) {
  const sentences = streamSentences(integration, useNow());
  const isPartial = status.state === 'degraded';
  const missing = status.error?.missing ?? [];
  return (
    <Panel title={STATUS_LOOKS[status.state].word}>
      {isPartial ? (
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {sentences.map((sentence) => (
            <Sentence key={sentence.streams.join()} sentence={sentence} />
          ))}
        </Stack>
      ) : (
        <StatusMessage status={status} />
      )}
      {missing.length > 0 && (
        <Text size="sm">
          To be granted at the provider:{' '}
          {missing.map((scope) => (
            <Code key={scope} mr={4}>
              {scope}
            </Code>
          ))}
        </Text>
      )}
    </Panel>
  );
}

function Sentence({ sentence: { isFresh, text } }: { readonly sentence: StreamSentence }) {
  const Icon = isFresh ? IconCircleCheck : IconAlertTriangle;
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="start">
      <Icon
        size={17}
        aria-hidden
        color={`var(--castellan-${isFresh ? 'green' : 'amber'})`}
        style={{ flex: 'none', marginTop: 1 }}
      />
      <Text size="sm">{text}</Text>
    </Group>
  );
}
