import type { PlaybookDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import { Panel } from '../states/Panel.js';
import { Flow, FlowCard } from './Flow.js';
import { KIND_LOOKS, longWords } from './playbook-words.js';
import styles from './playbooks.module.css';

/** What it does, one step after the other, and how it may end. */
export function PlaybookFlow({ playbook: { steps, ends, deadlineMs, trigger } }: { readonly playbook: PlaybookDetail }) {
  return (
    <Panel title="Steps">
      <Flow label="Steps of the playbook">
        <FlowCard mark={<IconPlayerPlay size={14} />} title="It begins">
          <Text size="sm">
            When one of its rules or checks finds something about one {trigger.subject.replaceAll('_', ' ')}.
          </Text>
        </FlowCard>
        {steps.map(({ id, kind, title, says }, index) => (
          <FlowCard key={id} mark={index + 1} title={title} look={KIND_LOOKS[kind]}>
            {says.map((sentence) => (
              <Text key={sentence} size="sm">
                {sentence}
              </Text>
            ))}
          </FlowCard>
        ))}
        <FlowCard mark={<IconFlag size={14} />} title="It ends">
          <ul className={styles['points']}>
            {ends.map(({ id, says }) => (
              <li key={id}>
                <b>{id}</b>: {says}
              </li>
            ))}
          </ul>
          <Text size="xs" c="dimmed">
            A run that is not over within {longWords(deadlineMs)} is given up.
          </Text>
        </FlowCard>
      </Flow>
    </Panel>
  );
}
