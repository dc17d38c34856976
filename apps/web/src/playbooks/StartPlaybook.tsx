import type { PlaybookDetail } from '@castellan/api';
import { Button, Select, Stack, Text } from '@mantine/core';
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
  const found = useFound(cause);
  const failed = error ?? details.find((one) => one.error !== null)?.error ?? null;
  if (failed !== null) return <Failed error={failed} retry={() => void refetch()} />;
  const read = details.flatMap((one) => one.data ?? []);
  if (data === undefined || found === undefined || read.length < data.items.length) return <Loading height={240} />;
  const { rules, subject } = found;
  const fits = ({ trigger }: PlaybookDetail): boolean => trigger.findings.some(({ id }) => rules.includes(id));
  const all = read.filter(({ trigger }) => subject === undefined || trigger.subject === subject);
  if (all.length === 0) return <Text size="sm">No playbook is about something of this kind.</Text>;
  return <StartForm fitting={all.filter(fits)} others={all.filter((one) => !fits(one))} cause={cause} onClose={onClose} />;
}

interface Found {
  /** Ids of the rules or checks that have found it. */
  readonly rules: readonly string[];
  /** The kind of record that it is about; `undefined`: an incident has findings about several. */
  readonly subject: string | undefined;
}

/** The page about it has asked for it already. */
function useFound({ findingId = '', incidentId = '' }: ActionCause): Found | undefined {
  const finding = useQuery({ ...findingQuery(findingId), enabled: findingId !== '' }).data;
  const incident = useQuery({ ...incidentQuery(incidentId), enabled: incidentId !== '' }).data;
  if (finding !== undefined) return { rules: [finding.rule.id], subject: finding.subject.kind };
  return incident && { rules: incident.found.map(({ rule }) => rule.id), subject: undefined };
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
      <Select
        label="Which"
        description={fitting.length === 0 ? 'None is made for what was found here.' : undefined}
        allowDeselect={false}
        data={[
          { group: 'Made for what was found here', items: fitting.map(named) },
          { group: 'Others', items: others.map(named) },
        ].filter(({ items }) => items.length > 0)}
        value={chosen ?? null}
        onChange={(one) => setChosen(one ?? undefined)}
      />
      {playbook !== undefined && <Steps playbook={playbook} />}
    </DialogForm>
  );
}

const named = ({ id, title }: PlaybookDetail) => ({ value: id, label: title });

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
