import type { PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { LoadMore } from '../states/LoadMore.js';
import { Panel } from '../states/Panel.js';
import { runsQuery } from './playbook-queries.js';
import { WAITS_WORDS } from './playbook-words.js';
import { StepDecision } from './StepDecision.js';
import { TickItem } from './TickItem.js';
import styles from './playbooks.module.css';

const WAITING = { state: 'waiting' } as const;

/** Runs that do not go on before somebody says or does something. */
export function WaitingRuns() {
  const query = useInfiniteQuery(runsQuery(WAITING));
  const { data, error, refetch } = query;
  const runs = data?.pages.flatMap(({ items }) => items);
  return (
    <Panel title="Waiting for you">
      {/* Beside what is there: whoever writes a note goes on with it. */}
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {runs === undefined && error === null && <Loading height={60} />}
      {runs?.length === 0 && <Text size="sm">Nothing waits.</Text>}
      {runs !== undefined && runs.length > 0 && (
        <ul className={styles['rows']} aria-label="Runs that wait for a person">
          {runs.map((run) => (
            <li key={run.id} className={styles['row']}>
              <WaitingRun run={run} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={query} label="Show older ones" />
    </Panel>
  );
}

/** Several steps may wait at once: an action that nobody agrees to does not hold up the next one. */
function WaitingRun({ run }: { readonly run: PlaybookRunView }) {
  const { id, playbook, subject, waitsFor, startedAt, integration, log } = run;
  const open = log.filter(({ state }) => state === 'open');
  return (
    <Stack gap={6}>
      <div>
        <AnchorLink to="/playbooks/runs/$id" params={{ id }} size="sm" fw={550}>
          {playbook.title}: {subject.name}
        </AnchorLink>
        <Text size="xs" c="dimmed">
          begun <Ago at={startedAt} /> · {integration.name}
        </Text>
      </div>
      {open.map((step) => (
        <OpenStep key={step.step} run={run} step={step} />
      ))}
      {waitsFor === 'agreement' && (
        <Text size="sm">
          {WAITS_WORDS.agreement}{' '}
          <AnchorLink
            to="/playbooks/runs/$id"
            params={{ id }}
            size="sm"
            aria-label={`See what it asks for: ${playbook.title}, ${subject.name}`}
          >
            See what it asks for
          </AnchorLink>
        </Text>
      )}
    </Stack>
  );
}

function OpenStep({ run, step }: { readonly run: PlaybookRunView; readonly step: PlaybookStepLog }) {
  const byHand = step.items.filter(({ state }) => state === 'by_hand');
  if (step.kind === 'approval')
    return (
      <div className={styles['asked']}>
        <div>
          <Text size="sm">{step.title}</Text>
          <Text size="sm" c="dimmed">
            {step.message}
            {step.dueAt !== null && (
              <>
                {' '}
                To be decided <Ago at={step.dueAt} isAhead />.
              </>
            )}
          </Text>
        </div>
        <StepDecision run={run} step={step} />
      </div>
    );
  return byHand.map((item) => (
    <div key={item.id} className={styles['asked']}>
      <div>
        <Text size="sm">
          {step.title}: {item.record.name}
        </Text>
        <Text size="sm" c="dimmed">
          {item.message}
        </Text>
      </div>
      <TickItem run={run} step={step} item={item} />
    </div>
  ));
}
