import type { PlaybookItemView, PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Look } from '../states/Look.js';
import { itemLook } from './playbook-words.js';
import { RecordLink } from './RecordLink.js';
import { TickItem } from './TickItem.js';
import styles from './playbooks.module.css';

interface RunItemsProps {
  readonly run: PlaybookRunView;
  readonly step: PlaybookStepLog;
}

/** What an action was done to, record by record. */
export function RunItems({ run, step }: RunItemsProps) {
  return (
    <ul className={styles['rows']} aria-label={`Records of ${step.title}`}>
      {step.items.map((item) => (
        <li key={item.id} className={styles['item']}>
          <Item run={run} item={item} title={step.title} />
          <Stack gap={6} align="flex-end">
            <Look look={itemLook(item, run.endedAt !== null)} />
            {item.state === 'by_hand' && run.endedAt === null && <TickItem run={run} step={step} item={item} />}
          </Stack>
        </li>
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly run: PlaybookRunView;
  readonly item: PlaybookItemView;
  readonly title: string;
}

function Item({ run, item: { record, message, note, by, requestId, state }, title }: ItemProps) {
  return (
    <div>
      <RecordLink integration={run.integration.id} record={record} />
      {message !== null && (
        <Text size="sm" c="dimmed">
          {message}
        </Text>
      )}
      {note !== null && (
        <Text size="sm">
          {by?.name ?? 'Somebody'}: “{note}”
        </Text>
      )}
      {note === null && by !== null && state === 'done' && <Text size="sm">{by.name} has agreed to it.</Text>}
      {requestId !== null && (
        <AnchorLink
          to="/actions/$id"
          params={{ id: requestId }}
          size="sm"
          aria-label={`See the request: ${title}, ${record.name}`}
        >
          See the request
        </AnchorLink>
      )}
    </div>
  );
}
