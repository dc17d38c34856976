import type { PlaybookDetail, PlaybookSimulation, SimulatedIntegration } from '@castellan/api';
import { Button, Group, Loader, Select, Stack, Text, Title } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { useSimulation } from './playbook-queries.js';
import { simulatedWords } from './playbook-words.js';
import { SimulatedRuns } from './SimulatedRuns.js';

const SPANS = ['7', '30', '90'].map((days) => ({ value: days, label: `Last ${days} days` }));

/** What it would have done, had it been on. */
export function SimulatePanel({ playbook: { id } }: { readonly playbook: PlaybookDetail }) {
  const mayManage = useMay('playbooks:manage');
  const [days, setDays] = useState('30');
  const { data, error, isPending, mutate } = useSimulation(id);
  if (!mayManage) return null;
  return (
    <Panel
      title="What it would have done"
      aside={
        <Group gap={6}>
          <Select
            size="xs"
            w={130}
            aria-label="How far back"
            allowDeselect={false}
            data={SPANS}
            value={days}
            onChange={(chosen) => setDays(chosen ?? '30')}
          />
          <Button
            size="xs"
            leftSection={<IconFlask size={14} aria-hidden />}
            loading={isPending}
            onClick={() => mutate(Number(days))}
          >
            Simulate
          </Button>
        </Group>
      }
    >
      <div role="status" aria-live="polite">
        {isPending && (
          <Group gap="xs">
            <Loader size="xs" aria-hidden />
            <Text size="sm">What was found is held against it. With a long history that takes up to some minutes.</Text>
          </Group>
        )}
        {!isPending && data === undefined && error === null && (
          <Text size="sm" c="dimmed">
            It is held against what was found, by what is stored now. No provider is asked, nothing is done, and nobody is told.
          </Text>
        )}
        {!isPending && data !== undefined && <Simulated simulation={data} />}
      </div>
      {error !== null && !isPending && <Failed error={error} retry={() => mutate(Number(days))} />}
    </Panel>
  );
}

function Simulated({ simulation }: { readonly simulation: PlaybookSimulation }) {
  const { days, simulatedAt, lookedAt, isWhole, mostADay, integrations } = simulation;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Of the last {days} days, as it was known <Ago at={simulatedAt} />. Decisions are taken as given, and what comes after a
        wait is shown whichever way that goes. All findings of one incident about one subject are one opening; no more than{' '}
        {mostADay} begin a day.
      </Text>
      {!isWhole && (
        <Text size="sm">
          There are more: the youngest {lookedAt} openings were held against it, and the figures are of those.
        </Text>
      )}
      {integrations.length === 0 && <Text size="sm">There is no integration yet that something could have been found in.</Text>}
      {integrations.map((one) => (
        <OfIntegration key={one.integration.id} simulated={one} />
      ))}
    </Stack>
  );
}

function OfIntegration({ simulated }: { readonly simulated: SimulatedIntegration }) {
  const { integration, runs, count } = simulated;
  return (
    <Stack gap={6}>
      <Title order={3}>{integration.name}</Title>
      {simulatedWords(simulated).map((sentence) => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
      {runs.length > 0 && <SimulatedRuns runs={runs} integration={integration.id} />}
      {runs.length < count && simulated.isAvailable && (
        <Text size="xs" c="dimmed">
          The youngest {runs.length} are shown.
        </Text>
      )}
    </Stack>
  );
}
