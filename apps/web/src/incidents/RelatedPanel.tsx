import type { IncidentDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SubjectLink, subjectKindWords } from '../findings/SubjectLink.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Panel } from '../states/Panel.js';
import { incidentLook } from './incident-looks.js';
import { incidentsQuery } from './incident-queries.js';
import { othersTitle } from './incident-words.js';
import { PersonLink } from './PersonLink.js';
import styles from './incidents.module.css';

/** Beside an incident there is room for some. */
const MOST_OTHERS = 5;

interface RelatedPanelProps {
  readonly incident: IncidentDetail;
}

/** Who it is about, what they can reach, and what else is known of them. */
export function RelatedPanel({ incident }: RelatedPanelProps) {
  const { subject, integration } = incident;
  const kind = subjectKindWords(subject);
  return (
    <Panel title="Who it is about">
      <div>
        <SubjectLink subject={subject} integration={integration} tab={undefined} />
        <Text size="xs" c="dimmed">
          {[subject.detail === subject.label ? null : subject.detail, kind, subject.present ? null : 'no longer there']
            .filter((part) => part !== null)
            .join(' · ')}
        </Text>
      </div>
      {incident.others.count > 0 && <DoneTo incident={incident} />}
      {subject.kind === 'account' && <AccountLinks incident={incident} />}
      {subject.kind === 'address' && (
        <AnchorLink
          to="/records/$kind"
          params={{ kind: 'activity' }}
          search={{ integration: integration.id, q: subject.key }}
          size="sm"
        >
          All that came from this address
        </AnchorLink>
      )}
      <Others incident={incident} />
    </Panel>
  );
}

/** Whom it was done to, or whose accounts an address has tried. */
function DoneTo({ incident: { subject, others, integration } }: RelatedPanelProps) {
  const title = othersTitle(subject).replace(/:$/, '');
  const more = others.count - others.first.length;
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {title}
      </Text>
      <ul className={styles['related']} aria-label={title}>
        {others.first.map((person) => (
          <li key={person.key}>
            <PersonLink person={person} integration={integration.id} />
          </li>
        ))}
        {more > 0 && (
          <li>
            <Text size="sm" c="dimmed">
              and {more.toLocaleString('en')} more
            </Text>
          </li>
        )}
      </ul>
    </div>
  );
}

const PARTS = [
  { tab: undefined, words: 'What they can reach' },
  { tab: 'sign-in', words: 'How they sign in' },
  { tab: 'activity', words: 'All that they have done' },
  { tab: 'changes', words: 'What has changed of their access' },
  { tab: 'findings', words: 'What is weak or was found' },
] as const;

function AccountLinks({ incident: { subject, integration } }: RelatedPanelProps) {
  return (
    <ul className={styles['related']} aria-label="More of this person">
      {PARTS.map(({ tab, words }) => (
        <li key={words}>
          <AnchorLink
            to="/access/$integration/$kind/$key"
            params={{ integration: integration.id, kind: 'account', key: subject.key }}
            search={tab === undefined ? {} : { tab }}
            size="sm"
          >
            {words}
          </AnchorLink>
        </li>
      ))}
    </ul>
  );
}

function Others({ incident: { id, subject, integration } }: RelatedPanelProps) {
  const search = { subject: `${subject.kind}:${subject.key}`, integration: integration.id, status: 'all' } as const;
  const { data } = useInfiniteQuery(incidentsQuery({ ...search, sort: 'newest' }));
  const others = data?.pages.flatMap(({ items }) => items).filter((one) => one.id !== id);
  if (others === undefined || others.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        Other incidents
      </Text>
      <ul className={styles['related']} aria-label="Other incidents">
        {others.slice(0, MOST_OTHERS).map((one) => (
          <li key={one.id}>
            <AnchorLink to="/incidents/$id" params={{ id: one.id }} size="sm">
              {one.rule.title}
            </AnchorLink>
            <Text size="xs" c="dimmed">
              {incidentLook(one).word} · <Ago at={one.lastAt} />
            </Text>
          </li>
        ))}
        {others.length > MOST_OTHERS && (
          <li>
            <AnchorLink to="/incidents" search={search} size="sm">
              All of them
            </AnchorLink>
          </li>
        )}
      </ul>
    </div>
  );
}
