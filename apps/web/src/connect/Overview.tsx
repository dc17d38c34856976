import type { ConnectorDetail } from '@castellan/api';
import { List, Stack, Text, Title } from '@mantine/core';
import type { FormField } from '../form/form-schema.js';
import { CopyText } from './CopyText.js';
import { GuideSteps } from './GuideSteps.js';

interface OverviewProps {
  readonly connector: ConnectorDetail;
  readonly fields: readonly FormField[];
}

/** What is needed in all: before somebody has begun, and whenever nobody is at a field. */
export function Overview({ connector: { name, scopes, capabilities }, fields }: OverviewProps) {
  const choices = fields.filter(({ widget, guide }) => widget === 'variant' && guide !== undefined);
  return (
    <Stack gap="sm">
      <Title order={3}>What you need</Title>
      <List size="sm" spacing={4}>
        <List.Item>About five minutes, most of them in {name}.</List.Item>
        <List.Item>Somebody who may let a program read {name}: one of its administrators.</List.Item>
        {scopes.length > 0 && <List.Item>The permissions below. {readsWords(capabilities)}</List.Item>}
      </List>
      {scopes.length > 0 && <CopyText label="Permissions" text={scopes.join('\n')} />}
      {choices.map(({ key, label, guide }) => (
        <div key={key}>
          <Title order={4} fz="sm" mb={4}>
            {label}
          </Title>
          {guide !== undefined && <GuideSteps guide={guide} />}
        </div>
      ))}
      <Text size="sm" c="dimmed">
        Go to a field to see where to find what belongs there.
      </Text>
    </Stack>
  );
}

/** What is done from here takes more; each action says what. */
const readsWords = (capabilities: readonly string[]): string =>
  capabilities.includes('actions') ? 'Each only reads; where actions are switched on, they need more.' : 'Each only reads.';
