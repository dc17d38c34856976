import type { IncidentDetail, IncidentTimeline } from '@castellan/api';
import { Switch, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { dateWords, exactTime } from '../states/time-words.js';
import { countedEvents } from './incident-words.js';
import { daysOf } from './timeline-days.js';
import { TimelineFold } from './TimelineFold.js';
import styles from './timeline.module.css';

interface TimelinePanelProps {
  readonly incident: IncidentDetail;
  readonly timeline: IncidentTimeline;
  /** Only events that findings are made of. */
  readonly isFoundOnly: boolean;
  readonly onFoundOnly: (isFoundOnly: boolean) => void;
  /** @param key of the event that somebody wants to see as the provider has sent it */
  readonly onOpen: (key: string) => void;
}

const MINUTE = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** What was done, from an hour before to an hour after: events of findings stand out, others are quiet. */
export function TimelinePanel({ incident, timeline, isFoundOnly, onFoundOnly, onOpen }: TimelinePanelProps) {
  const { events, from, to, isCut } = timeline;
  const found = events.filter(({ findings }) => findings.length > 0);
  const days = daysOf(isFoundOnly ? found : events);
  return (
    <Panel
      title="Timeline"
      aside={
        <Switch
          size="xs"
          label={`Only events of findings (${found.length.toLocaleString('en')})`}
          checked={isFoundOnly}
          onChange={({ currentTarget }) => onFoundOnly(currentTarget.checked)}
        />
      }
    >
      <Text size="xs" c="dimmed" role="status">
        {countedEvents((isFoundOnly ? found : events).length)} between {exactTime(Date.parse(from))} and{' '}
        {exactTime(Date.parse(to))}.{isCut && ' There are more than are shown here.'}{' '}
        <InTable incident={incident} timeline={timeline} />
      </Text>
      {events.length === 0 && (
        <Text size="sm">The events are not stored any more: the log is kept for a while only. The findings are.</Text>
      )}
      {days.map(({ day, minutes }) => (
        <section key={day} aria-label={dateWords(Date.parse(`${day}T12:00`))}>
          <Text size="xs" fw={600} className={styles['day']}>
            {dateWords(Date.parse(`${day}T12:00`))}
          </Text>
          <ol className={styles['minutes']}>
            {minutes.map(({ at, folds }) => (
              <li key={at} className={styles['minute']}>
                <time dateTime={at} className={styles['clock']}>
                  {MINUTE.format(Date.parse(at))}
                </time>
                <ol className={styles['events']}>
                  {folds.map((fold) => (
                    <TimelineFold key={fold.first.key} fold={fold} incident={incident} onOpen={onOpen} />
                  ))}
                </ol>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Panel>
  );
}

/** All of it, with filters, in the table of activity. */
function InTable({
  incident: { subject, integration },
  timeline: { from, to },
}: Pick<TimelinePanelProps, 'incident' | 'timeline'>) {
  const whose = subject.kind === 'account' ? { actor: subject.key } : subject.kind === 'address' ? { q: subject.key } : {};
  return (
    <AnchorLink
      to="/records/$kind"
      params={{ kind: 'activity' }}
      search={{ integration: integration.id, since: from, until: to, ...whose }}
      size="xs"
      underline="always"
    >
      See them in the table of activity
    </AnchorLink>
  );
}
