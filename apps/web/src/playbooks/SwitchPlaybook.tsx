import type { PlaybookDetail } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { usePlaybookSwitch } from './playbook-queries.js';
import { settingLook } from './playbook-words.js';
import { useOffered, WhatItWillDo } from './WhatItWillDo.js';

/** Whether it begins by itself, and the switch of that. */
export function SwitchPlaybook({ playbook }: { readonly playbook: PlaybookDetail }) {
  const { id, version, title, setting } = playbook;
  const mayManage = useMay('playbooks:manage');
  const reason = useId();
  const [isOpen, setIsOpen] = useState(false);
  const change = usePlaybookSwitch(id, () => setIsOpen(false));
  const { isEnabled } = setting;
  const offered = useOffered(isOpen && !isEnabled);
  const isUnseen = !isEnabled && setting.simulatedAt === null;
  return (
    <Panel
      title="Begins by itself"
      aside={
        mayManage && (
          <Button
            size="compact-sm"
            variant={isEnabled || isUnseen ? 'default' : 'filled'}
            disabled={isUnseen}
            {...(isUnseen && { 'aria-describedby': reason })}
            onClick={() => {
              change.reset();
              setIsOpen(true);
            }}
          >
            {isEnabled ? 'Switch off …' : 'Switch on …'}
          </Button>
        )
      }
    >
      <Stack gap={6}>
        <Group gap="xs">
          <Look look={settingLook(setting)} />
        </Group>
        <SettingWords playbook={playbook} />
        {isUnseen && (
          <Text size="sm" id={reason}>
            {mayManage
              ? `It can be switched on once version ${version} was simulated: see below what it would have done.`
              : 'Whoever may manage playbooks switches it on, after a simulation.'}
          </Text>
        )}
      </Stack>
      <Confirm
        title={`Switch ${isEnabled ? 'off' : 'on'}: ${title}`}
        label={isEnabled ? 'Switch off' : 'Switch on'}
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        isImpossible={!isEnabled && offered.known === undefined}
        isPending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate(isEnabled ? 'disable' : 'enable')}
      >
        {isEnabled
          ? 'It begins no more by itself. What runs goes on: stop runs one by one, where they shall not. It can still be begun by hand.'
          : isOpen && <WhatItWillDo playbook={playbook} offered={offered} />}
      </Confirm>
    </Panel>
  );
}

function SettingWords({ playbook: { setting, version } }: { readonly playbook: PlaybookDetail }) {
  const { isEnabled, isOutdated, enabledAt, enabledBy, simulatedAt } = setting;
  return (
    <Text size="sm" c="dimmed">
      Version {version}.{' '}
      {isEnabled && enabledAt !== null && (
        <>
          Switched on by {enabledBy?.name ?? 'somebody'} <Ago at={enabledAt} />.{' '}
        </>
      )}
      {isOutdated && 'A version before this one was switched on; this one begins nothing before it was looked at. '}
      {simulatedAt === null ? (
        'It was not simulated here yet.'
      ) : (
        <>
          Last simulated <Ago at={simulatedAt} />.
        </>
      )}
    </Text>
  );
}
