import type { IncidentDetail, TimelineEvent } from '@castellan/api';
import { SEVERITIES } from '@castellan/api';
import { Anchor, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { countedRules } from '../detection/rule-words.js';
import { Word } from '../records/FieldValue.js';
import { exactTime } from '../states/time-words.js';
import type { Fold } from './timeline-days.js';
import styles from './timeline.module.css';

interface TimelineFoldProps {
  readonly fold: Fold;
  readonly incident: IncidentDetail;
  readonly onOpen: (key: string) => void;
}

const SECOND = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** One event, or several that are alike: all of them when somebody asks. */
export function TimelineFold({ fold: { first, others }, incident, onOpen }: TimelineFoldProps) {
  const [isOpen, setOpen] = useState(false);
  const last = others.at(-1);
  const event = (one: TimelineEvent) => <EventLine key={one.key} event={one} incident={incident} onOpen={onOpen} />;
  return (
    <>
      {event(first)}
      {isOpen && others.map(event)}
      {last !== undefined && (
        <li className={styles['more']}>
          <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen
              ? 'Fold them again'
              : `${others.length.toLocaleString('en')} more like it, until ${SECOND.format(Date.parse(last.published))}`}
          </Button>
        </li>
      )}
    </>
  );
}

interface EventLineProps extends Omit<TimelineFoldProps, 'fold'> {
  readonly event: TimelineEvent;
}

function EventLine({ event, incident, onOpen }: EventLineProps) {
  const { key, published, type, message, outcome, outcomeReason, targets, findings } = event;
  const titles = titlesOf(incident, findings);
  const what = message ?? type;
  return (
    <li className={styles['event']} data-found={findings.length > 0}>
      <div className={styles['what']}>
        <Text size="sm" component="span" fw={findings.length > 0 ? 550 : 400}>
          {what}
        </Text>
        {outcome !== null && (
          <Text size="xs" component="span">
            <Word value={outcome} />
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" title={exactTime(Date.parse(published))}>
        {[
          SECOND.format(Date.parse(published)),
          whoWords(event, incident),
          outcomeReason,
          targets.length === 0 ? null : `on ${targets.map(({ label }) => label).join(', ')}`,
          whereWords(event),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
        {' · '}
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-label={`Raw event: ${what}, ${SECOND.format(Date.parse(published))}`}
          onClick={() => onOpen(key)}
        >
          Raw event
        </Anchor>
      </Text>
      {titles.length > 0 && (
        <Text size="xs" className={styles['why']} title={titles.join('\n')}>
          {rulesWords(titles)}
        </Text>
      )}
    </li>
  );
}

/** An event of a long attack is part of ten findings, and the next one of the same ten: all of them stand above. */
const MOST_TITLES = 2;

/** Of the rules that it is part of a finding of, the worst first. */
function titlesOf({ found }: IncidentDetail, findings: readonly string[]): readonly string[] {
  const own = found.filter(({ id }) => findings.includes(id));
  const worst = own.toSorted((one, other) => SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity));
  return [...new Set(worst.map(({ rule }) => rule.title))];
}

function rulesWords(titles: readonly string[]): string {
  const shown = titles.slice(0, MOST_TITLES).join(' · ');
  const more = titles.length - MOST_TITLES;
  return more > 0 ? `${shown} · and ${countedRules(more)} more` : shown;
}

/** Whom the incident is about need not be said in each line. */
function whoWords({ actor }: TimelineEvent, { subject }: IncidentDetail): string | null {
  return actor === null || actor.id === subject.key ? null : `by ${actor.label}`;
}

function whereWords({ address, city, country }: TimelineEvent): string | null {
  const parts = [address, [city, country].filter((part) => part !== null).join(', ')];
  const said = parts.filter((part) => part !== null && part !== '').join(' ');
  return said === '' ? null : `from ${said}`;
}
