import type { IncidentDetail } from '@castellan/api';
import { Alert, Group, Text } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useMay } from '../session/session.js';
import { ButtonLink } from '../shell/links.js';
import { suppressionOf } from './suppression-of.js';

/** Of one that was no attack: the way to hear no more of it for a while, with everything filled in. */
export function SuppressHint({ incident }: { readonly incident: IncidentDetail }) {
  const { status, verdict, rule, subject } = incident;
  const mayManage = useMay('findings:manage');
  if (!mayManage || status !== 'closed' || verdict === null || verdict === 'attack') return null;
  return (
    <Alert variant="light" color="gray" icon={<IconBellOff size={18} />} title="Will it come again?">
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          Where this goes on for a while, “{rule.title}” can be kept quiet for {subject.label} until a date.
        </Text>
        <ButtonLink to="/detection/suppressions" search={suppressionOf(incident)} size="compact-sm" variant="default">
          Suppress …
        </ButtonLink>
      </Group>
    </Alert>
  );
}
