import type { PlaybookDetail } from '@castellan/api';
import { Button, Radio, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActionCause } from '../actions/action-queries.js';
import { findingQuery } from '../findings/findings-queries.js';
import { incidentQuery } from '../incidents/incident-queries.js';
import { useMay } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { playbookQuery, playbooksQuery, useStart } from './playbook-queries.js';
import styles from './playbooks.module.css';

/** Whether it is on or off, a person may begin it. */
export function StartPlaybook({ cause }: { readonly cause: ActionCause }) {
  const mayStart = useMay('actions:request');
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (!mayStart) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        Start a playbook …
      </Button>
      <Dialog title="Start a playbook" size="lg" opened={isOpen} onClose={close}>
        <Choice cause={cause} onClose={close} />
      </Dialog>
    </>
  );
}

interface ChoiceProps {
  readonly cause: ActionCause;
  readonly onClose: () => void;
}

function Choice({ cause, onClose }: ChoiceProps) {
  const { data, error, refetch } = useQuery(playbooksQuery);
  const details = useQueries({ queries: (data?.items ?? []).map(({ id }) => playbookQuery(id)) });
  const rules = useRulesOf(cause);
  const failed = error ?? details.find((one) => one.error !== null)?.error ?? null;
  if (failed !== null) return <Failed error={failed} retry={() => void refetch()} />;
  const read = details.flatMap((one) => one.data ?? []);
  if (data === undefined || rules === undefined || read.length < data.items.length) return <Loading height={240} />;
  const fits = ({ trigger }: PlaybookDetail): boolean => trigger.findings.some(({ id }) => rules.includes(id));
  return <StartForm fitting={read.filter(fits)} others={read.filter((one) => !fits(one))} cause={cause} onClose={onClose} />;
}

/** Ids of the rules or checks that have found it. The page about it has asked for it already. */
function useRulesOf({ findingId = '', incidentId = '' }: ActionCause): readonly string[] | undefined {
  const finding = useQuery({ ...findingQuery(findingId), enabled: findingId !== '' });
  const incident = useQuery({ ...incidentQuery(incidentId), enabled: incidentId !== '' });
  if (findingId !== '') return finding.data === undefined ? undefined : [finding.data.rule.id];
  return incident.data?.found.map(({ rule }) => rule.id);
}

interface StartFormProps extends ChoiceProps {
  /** A rule or a check of these has found it. */
  readonly fitting: readonly PlaybookDetail[];
  readonly others: readonly PlaybookDetail[];
}

function StartForm({ fitting, others, cause, onClose }: StartFormProps) {
  const all = [...fitting, ...others];
  const [chosen, setChosen] = useState(fitting[0]?.id);
  const start = useStart(onClose);
  const playbook = all.find(({ id }) => id === chosen);
  return (
    <DialogForm
      label={playbook === undefined ? 'Start' : `Start ${playbook.title}`}
      isPending={start.isPending}
      isIncomplete={playbook === undefined}
      error={start.error}
      onSubmit={() => playbook !== undefined && start.mutate({ playbook: playbook.id, because: cause })}
      onCancel={onClose}
    >
      <Radio.Group label="Which" value={chosen ?? null} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          <Options title="Made for what was found here" playbooks={fitting} />
          <Options title={fitting.length === 0 ? 'None is made for what was found here' : 'Others'} playbooks={others} />
        </Stack>
      </Radio.Group>
      {playbook !== undefined && <Steps playbook={playbook} />}
    </DialogForm>
  );
}

function Options({ title, playbooks }: { readonly title: string; readonly playbooks: readonly PlaybookDetail[] }) {
  if (playbooks.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {playbooks.map(({ id, title: label, trigger }) => (
        <Radio key={id} value={id} label={label} description={`About one ${trigger.subject.replaceAll('_', ' ')}`} />
      ))}
    </>
  );
}

/** What begins with the press of the button. */
function Steps({ playbook: { summary, steps } }: { readonly playbook: PlaybookDetail }) {
  return (
    <Stack gap={6}>
      <Text size="sm">{summary}</Text>
      <ol className={styles['points']} aria-label="Its steps">
        {steps.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ol>
      <Text size="sm">
        It begins at once. You ask for what it does: another person has to agree to what is heavy. It can be stopped on its
        page.
      </Text>
    </Stack>
  );
}
