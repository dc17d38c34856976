import type { FindingDetail, FindingDetection, TimelineEvent } from '@castellan/api';
import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Word } from '../records/FieldValue.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { exactTime } from '../states/time-words.js';
import { Evidence } from './Evidence.js';
import styles from './findings.module.css';

/** Whoever wants more of them asks. */
const AT_FIRST = 20;

interface FindingEventsProps {
  readonly finding: FindingDetail;
  readonly detection: FindingDetection;
}

/** What a finding of a rule is made of: in short, and event by event. */
export function FindingEvents({ finding, detection: { events, count } }: FindingEventsProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? events : events.slice(0, AT_FIRST);
  return (
    <Panel title="What was seen">
      <Evidence of={finding} />
      {events.length === 0 ? (
        <Text size="sm">The events are not stored any more: the log is kept for a while only. The finding is.</Text>
      ) : (
        <SmallTable
          label="Events of the finding"
          heads={['What happened', 'Time', 'Who and to whom', 'Outcome', 'From', '-Raw event']}
          minWidth={860}
          narrow="lines"
        >
          {shown.map((event) => (
            <EventRow key={event.key} event={event} integration={finding.integration.id} />
          ))}
        </SmallTable>
      )}
      {shown.length < events.length && (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setWhole(true)}>
            Show {(events.length - shown.length).toLocaleString('en')} more
          </Button>
        </div>
      )}
      {shown.length === events.length && events.length > 0 && events.length < count && (
        <Text size="xs" c="dimmed">
          {events.length.toLocaleString('en')} of {count.toLocaleString('en')} events: the others are not shown here, or not
          stored any more.
        </Text>
      )}
    </Panel>
  );
}

interface EventRowProps {
  readonly event: TimelineEvent;
  /** Id of the integration. */
  readonly integration: string;
}

function EventRow({ event, integration }: EventRowProps) {
  const { key, published, type, message, outcome, outcomeReason } = event;
  const what = message ?? type;
  const where = whereWords(event);
  return (
    <Table.Tr>
      <Table.Td className={styles['entry']}>
        <Text size="sm">{what}</Text>
        {message !== null && (
          <Text size="xs" c="dimmed">
            {type}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles['nowrap']}>{exactTime(Date.parse(published))}</Table.Td>
      <Table.Td className={styles['entry']}>{partyWords(event)}</Table.Td>
      <Table.Td className={styles['entry']}>
        {outcome === null ? '–' : <Word value={outcome} />}
        {outcomeReason !== null && (
          <Text size="xs" c="dimmed">
            {outcomeReason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles['entry']}>{where === '' ? '–' : where}</Table.Td>
      <Table.Td className={styles['nowrap']}>
        <AnchorLink
          to="/records/$kind"
          params={{ kind: 'activity' }}
          search={{ key, of: integration }}
          size="sm"
          aria-label={`Raw event: ${what}, ${exactTime(Date.parse(published))}`}
        >
          Raw event
        </AnchorLink>
      </Table.Td>
    </Table.Tr>
  );
}

/** `Ann Example → Bo Berg, Payroll`; what somebody does to himself needs no arrow. */
function partyWords({ actor, targets }: TimelineEvent): string {
  const to = targets
    .filter(({ id }) => id !== actor?.id)
    .map(({ label }) => label)
    .join(', ');
  return `${actor?.label ?? 'Nobody'}${to === '' ? '' : ` → ${to}`}`;
}

function whereWords({ address, city, country }: TimelineEvent): string {
  return [address, city, country].filter((part) => part !== null && part !== '').join(', ');
}
