import { Button, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { namesWords, sharedConsequences } from './action-words.js';
import { Asked } from './Asked.js';
import type { WaitingStep } from './step-groups.js';
import styles from './actions.module.css';

/** As many names as are read at once. */
const FIRST = 3;

interface StepLineProps {
  readonly step: WaitingStep;
  readonly isOfCause: boolean;
  readonly onDecide: () => void;
}

/** What a step of a playbook wants to have done to several, as one line. */
export function StepLine({ step: { requests }, isOfCause, onDecide }: StepLineProps) {
  const [first] = requests;
  const names = requests.slice(0, FIRST).map(({ subject }) => subject.name);
  const consequences = sharedConsequences(requests.map(({ plan }) => plan));
  const title = `${first.title}: ${requests.length}`;
  return (
    <li className={styles['row']}>
      <div>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {first.requestedBy.name} · <Ago at={first.createdAt} />
          {first.playbookStep !== null && (
            <>
              {' '}
              ·{' '}
              <AnchorLink to="/playbooks/runs/$id" params={{ id: first.playbookStep.run }} size="xs" underline="always">
                a run of a playbook
              </AnchorLink>
            </>
          )}
        </Text>
        {consequences.length > 0 && <Text size="sm">{consequences.join(' ')}</Text>}
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          To {namesWords(names, requests.length)}.
        </Text>
        <Asked reason={first.reason} {...(!isOfCause && { cause: first })} />
      </div>
      <Button size="compact-sm" aria-label={`Decide …: ${title}`} onClick={onDecide}>
        Decide …
      </Button>
    </li>
  );
}
