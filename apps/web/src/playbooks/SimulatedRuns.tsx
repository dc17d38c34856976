import type { SimulatedRun, SimulatedStep } from '@castellan/api';
import { Accordion, Group, Text } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { Flow, FlowCard } from './Flow.js';
import { counted, WOULD_LOOKS } from './playbook-words.js';
import { RecordLink } from './RecordLink.js';
import styles from './playbooks.module.css';

interface SimulatedRunsProps {
  readonly runs: readonly SimulatedRun[];
  readonly integration: string;
}

/** Each run that would have begun, and what its steps would have done. */
export function SimulatedRuns({ runs, integration }: SimulatedRunsProps) {
  return (
    <Accordion keepMounted={false} chevronSize={14} variant="contained">
      {runs.map((run, index) => (
        <Accordion.Item key={run.findingId} value={String(index)}>
          <Accordion.Control py={6} px="sm">
            <Text size="sm" fw={550}>
              {run.subject.name}
            </Text>
            <Group gap="2px 12px">
              <Look look={SEVERITY_LOOKS[run.severity]} />
              <Text size="xs" c="dimmed">
                {run.rule.title} · <Ago at={run.openedAt} />
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Because run={run} />
            <Flow label={`Steps for ${run.subject.name}`}>
              {run.steps.map((step, at) => (
                <WouldStep key={step.step} step={step} number={at + 1} integration={integration} />
              ))}
            </Flow>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Because({ run: { findingId, incidentId } }: { readonly run: SimulatedRun }) {
  return (
    <Text size="sm" mb="sm">
      Because of{' '}
      {incidentId === null ? (
        <AnchorLink to="/findings/$id" params={{ id: findingId }} size="sm">
          a finding
        </AnchorLink>
      ) : (
        <AnchorLink to="/incidents/$id" params={{ id: incidentId }} size="sm">
          an incident
        </AnchorLink>
      )}
      .
    </Text>
  );
}

interface WouldStepProps {
  readonly step: SimulatedStep;
  readonly number: number;
  readonly integration: string;
}

function WouldStep({ step, number, integration }: WouldStepProps) {
  const { title, would, because, inputs, count, agreements, byHand } = step;
  const waits = [
    agreements === 0 ? '' : `${counted(agreements, 'action waits', 'actions wait')} for a second person.`,
    byHand === 0 ? '' : `${counted(byHand, 'is', 'are')} done by hand.`,
  ].filter((one) => one !== '');
  return (
    <FlowCard mark={number} title={title} look={WOULD_LOOKS[would]} isFaint={would === 'skipped'}>
      {because !== null && <Text size="sm">{because}</Text>}
      {waits.length > 0 && <Text size="sm">{waits.join(' ')}</Text>}
      {inputs.length > 0 && (
        <ul className={styles['plain']} aria-label={`Records of ${title}`}>
          {inputs.map(({ record }) => (
            <li key={`${record.kind} ${record.key}`}>
              <RecordLink integration={integration} record={record} />
            </li>
          ))}
        </ul>
      )}
      {count > inputs.length && (
        <Text size="xs" c="dimmed">
          {counted(count, 'record')} in all.
        </Text>
      )}
    </FlowCard>
  );
}
