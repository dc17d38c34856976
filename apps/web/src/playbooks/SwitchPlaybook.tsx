import type { PlaybookDetail, PlaybookStepView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { offeredQuery } from '../actions/action-queries.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Loading } from '../states/Loading.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { usePlaybookSwitch } from './playbook-queries.js';
import { settingLook } from './playbook-words.js';
import { whoDoes } from './who-does.js';
import styles from './playbooks.module.css';

/** Whether it begins by itself, and the switch of that. */
export function SwitchPlaybook({ playbook }: { readonly playbook: PlaybookDetail }) {
  const { id, version, title, setting } = playbook;
  const mayManage = useMay('playbooks:manage');
  const reason = useId();
  const [isOpen, setIsOpen] = useState(false);
  const change = usePlaybookSwitch(id, () => setIsOpen(false));
  const { isEnabled } = setting;
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
        isPending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate(isEnabled ? 'disable' : 'enable')}
      >
        {isEnabled
          ? 'It begins no more by itself. What runs goes on: stop runs one by one, where they shall not. It can still be begun by hand.'
          : isOpen && <WhatItWillDo playbook={playbook} />}
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

/** What is switched on with it. */
function WhatItWillDo({ playbook: { steps, trigger } }: { readonly playbook: PlaybookDetail }) {
  const { data: integrations } = useQuery(integrationsQuery);
  const answers = useQueries({ queries: (integrations ?? []).map(({ id }) => offeredQuery(id)) });
  if (integrations === undefined || answers.some(({ isPending }) => isPending)) return <Loading height={120} />;
  const { byItself, withPerson, byHand } = whoDoes(
    steps,
    answers.flatMap(({ data }) => data?.items ?? []),
  );
  return (
    <Stack gap="sm">
      <Text size="sm">
        It begins for what is found from now on, in all integrations of this workspace, {trigger.mostADay} times within 24 hours
        at most.
      </Text>
      <Steps title="It does by itself" steps={byItself} none="Nothing." />
      <Steps title="It does after a person has said so" steps={withPerson} />
      <Steps title="People do by hand, since no integration offers it" steps={byHand} />
    </Stack>
  );
}

interface StepsProps {
  readonly title: string;
  readonly steps: readonly PlaybookStepView[];
  /** Where there are none; left out: nothing is said. */
  readonly none?: string;
}

function Steps({ title, steps, none }: StepsProps) {
  if (steps.length === 0 && none === undefined) return null;
  return (
    <div>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      {steps.length === 0 ? (
        <Text size="sm">{none}</Text>
      ) : (
        <ul className={styles['points']}>
          {steps.map((step) => (
            <li key={step.id}>{step.title}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
