import type { FindingDetail, FindingDetection } from '@castellan/api';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RespondPanel } from '../actions/RespondPanel.js';
import { incidentLook } from '../incidents/incident-looks.js';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { lastDayWords } from '../states/time-words.js';
import { CommentBox } from './CommentBox.js';
import { Evidence } from './Evidence.js';
import { FindingActions } from './FindingActions.js';
import { FindingCheck } from './FindingCheck.js';
import { FindingEvents } from './FindingEvents.js';
import { FindingHistory } from './FindingHistory.js';
import { FindingRule } from './FindingRule.js';
import { STATUS_LOOKS } from './status-looks.js';
import { findingQuery } from './findings-queries.js';
import { SEVERITY_LOOKS } from './severity-looks.js';
import { SubjectLink, subjectKindWords } from './SubjectLink.js';
import { Loading } from '../states/Loading.js';

const TITLE = 'Finding';
const route = getRouteApi('/signed-in/findings/$id');

export function FindingPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Finding />
    </Guarded>
  );
}

/** One fact that is wrong about one subject: what was seen, what became of it, what can be done. */
function Finding() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(findingQuery(id));
  const mayManage = useMay('findings:manage');
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {error === null ? <Loading height={360} /> : <Failed error={error} retry={() => void refetch()} />}
      </>
    );
  return (
    <>
      <PageTitle title={`${data.rule.title}: ${data.subject.label}`} />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {mayManage && data.status !== 'resolved' && <FindingActions findings={[data]} hasComment={false} />}
        <FindingFacts finding={data} />
        {data.detection === null ? (
          <Panel title="What was seen">
            {Object.keys(data.evidence).length === 0 ? <Text size="sm">That it is so.</Text> : <Evidence of={data} />}
          </Panel>
        ) : (
          <FindingEvents finding={data} detection={data.detection} />
        )}
        {data.status !== 'resolved' && <RespondPanel cause={{ findingId: id }} isAttack={data.source === 'detection'} />}
        {hasCheckPage(data) ? <FindingCheck finding={data} /> : <FindingRule finding={data} />}
        <Panel title="History">
          {mayManage && <CommentBox id={id} />}
          <FindingHistory finding={data} />
        </Panel>
      </Stack>
    </>
  );
}

/** Checks of the posture say how to mend what they find; rules over the activity why they tell of it. */
function hasCheckPage({ source }: FindingDetail): boolean {
  return source === 'posture';
}

function FindingFacts({ finding }: { readonly finding: FindingDetail }) {
  const { rule, subject, integration, severity, severityReason, status, owner, exception, detection } = finding;
  const kind = subjectKindWords(subject);
  return (
    <Facts
      facts={[
        [
          'Who or what',
          <Group key="subject" gap={6}>
            <SubjectLink subject={subject} integration={integration} />
            <Text size="sm" c="dimmed" component="span">
              {[kind, subject.present ? null : 'no longer there'].filter((part) => part !== null).join(', ')}
            </Text>
          </Group>,
        ],
        hasCheckPage(finding)
          ? [
              'Check',
              <AnchorLink key="check" to="/posture/checks/$check" params={{ check: rule.id }} size="sm">
                {rule.title}
              </AnchorLink>,
            ]
          : [
              'Rule',
              <AnchorLink key="rule" to="/detection/rules/$rule" params={{ rule: rule.id }} size="sm">
                {rule.title}
              </AnchorLink>,
            ],
        ...(detection === null ? [] : [['Incident', <IncidentLink key="incident" incident={detection.incident} />] as const]),
        ['Severity', <Explained key="severity" look={SEVERITY_LOOKS[severity]} because={severityReason} />],
        [
          'Status',
          <Explained
            key="status"
            look={STATUS_LOOKS[status]}
            because={exception === null ? null : `until ${lastDayWords(Date.parse(exception.until))}: ${exception.reason}`}
          />,
        ],
        ['Owner', owner?.name ?? 'Nobody'],
        ...whenFacts(finding),
        ['Integration', integration.name],
      ]}
    />
  );
}

/** What a check has found is there for a while; what a rule has found happened, and was found some time later. */
function whenFacts({ detection, openedAt, firstSeenAt }: FindingDetail): readonly (readonly [string, ReactNode])[] {
  if (detection !== null)
    return [
      ['First seen', <Ago key="first" at={detection.firstAt} />],
      ['Last seen', <Ago key="last" at={detection.lastAt} />],
      ['Found', <Ago key="found" at={firstSeenAt} />],
    ];
  return [
    ['There since', <Ago key="since" at={openedAt} />],
    ...(firstSeenAt === openedAt ? [] : [['First seen', <Ago key="first" at={firstSeenAt} />] as const]),
  ];
}

function IncidentLink({ incident }: { readonly incident: FindingDetection['incident'] }) {
  return (
    <>
      <AnchorLink to="/incidents/$id" params={{ id: incident.id }} size="sm">
        {incident.title}
      </AnchorLink>
      <Look look={incidentLook(incident)} />
    </>
  );
}

interface ExplainedProps {
  readonly look: (typeof SEVERITY_LOOKS)['low'];
  readonly because: string | null;
}

function Explained({ look, because }: ExplainedProps) {
  return (
    <>
      <Look look={look} />
      {because !== null && (
        <Text size="xs" c="dimmed">
          {because}
        </Text>
      )}
    </>
  );
}
