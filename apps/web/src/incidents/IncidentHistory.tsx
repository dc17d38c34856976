import type { IncidentDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { CommentForm } from '../states/CommentForm.js';
import { Panel } from '../states/Panel.js';
import { useIncidentsChange } from './incident-queries.js';
import { eventWords } from './incident-words.js';
import styles from './incidents.module.css';

/** What people have said of it, and what became of it, newest first. */
export function IncidentHistory({ incident: { id, history, openedAt } }: { readonly incident: IncidentDetail }) {
  const mayManage = useMay('findings:manage');
  const change = useIncidentsChange();
  return (
    <Panel title="History">
      {mayManage && (
        <CommentForm
          error={change.error}
          isPending={change.isPending}
          onComment={(text, onDone) => change.mutate({ change: { do: 'comment', text }, ids: [id] }, { onSuccess: onDone })}
        />
      )}
      <ul className={styles['history']} aria-label="History">
        {history.map((event) => (
          <li key={event.id}>
            <Text size="sm" className={styles['said']}>
              {eventWords(event)}
            </Text>
            <Text size="xs" c="dimmed">
              {event.by ?? 'By itself'} · <Ago at={event.at} />
            </Text>
          </li>
        ))}
        <li>
          <Text size="sm">Found.</Text>
          <Text size="xs" c="dimmed">
            By a rule · <Ago at={openedAt} />
          </Text>
        </li>
      </ul>
    </Panel>
  );
}
