import type { RuleDetail } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { useMay } from '../session/session.js';
import { ButtonLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Dialog } from '../states/Dialog.js';
import { Panel } from '../states/Panel.js';
import { useRuleReset } from './detection-queries.js';
import { RuleSettingForm } from './RuleSettingForm.js';
import { boundsWords, timespanWords } from './rule-words.js';

/** What the workspace has set of a rule, and the way to set it. */
export function RuleSetting({ rule }: { readonly rule: RuleDetail }) {
  const { id, title, setting } = rule;
  const [dialog, setDialog] = useState<'change' | 'reset'>();
  const mayManage = useMay('detection:manage');
  const maySuppress = useMay('findings:manage');
  const close = (): void => setDialog(undefined);
  const reset = useRuleReset(id, () => {
    notifications.show({ message: 'The rule is as it says itself again.' });
    close();
  });
  return (
    <Panel
      title="Settings"
      aside={
        <Group gap={6}>
          {maySuppress && (
            <ButtonLink to="/detection/suppressions" search={{ dialog: 'new', rule: id }} size="compact-sm" variant="default">
              Suppress for a while …
            </ButtonLink>
          )}
          {mayManage && setting !== null && (
            <Button size="compact-sm" variant="default" onClick={() => setDialog('reset')}>
              Reset …
            </Button>
          )}
          {mayManage && (
            <Button size="compact-sm" variant="default" onClick={() => setDialog('change')}>
              Change
            </Button>
          )}
        </Group>
      }
    >
      <SettingWords rule={rule} />
      <Dialog title={`Settings: ${title}`} opened={dialog === 'change'} onClose={close}>
        <RuleSettingForm rule={rule} onDone={close} />
      </Dialog>
      <Confirm
        title="Reset the rule"
        opened={dialog === 'reset'}
        onClose={close}
        label="Reset"
        isPending={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate(undefined)}
      >
        “{title}” will be on, with the level and the numbers that it says itself. What was found before stays.
      </Confirm>
    </Panel>
  );
}

function SettingWords({ rule: { setting } }: { readonly rule: RuleDetail }) {
  if (setting === null) return <Text size="sm">It is as it says itself.</Text>;
  const { enabled, level, bounds, timespan, reason, changedBy, changedAt } = setting;
  const parts = [
    enabled ? 'The rule is on' : 'The rule is switched off',
    level === null ? null : `always ${SEVERITY_LOOKS[level].word.toLowerCase()}`,
    bounds === null ? null : `told when it is ${boundsWords(bounds)}`,
    timespan === null ? null : `within ${timespanWords(timespan)}`,
  ];
  return (
    <div>
      <Text size="sm">
        {parts.filter((part) => part !== null).join(', ')}.{reason !== null && ` ${reason}`}
      </Text>
      <Text size="xs" c="dimmed">
        {changedBy} · <Ago at={changedAt} />
      </Text>
    </div>
  );
}
