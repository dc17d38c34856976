import type { IncidentDetail } from '@castellan/api';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { RespondPanel } from '../actions/RespondPanel.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { kept } from '../posture/posture-search.js';
import { useMay } from '../session/session.js';
import { Facts } from '../states/Facts.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { EventDrawer } from './EventDrawer.js';
import { FoundPanel } from './FoundPanel.js';
import { GeoTrail } from './GeoTrail.js';
import { IncidentActions } from './IncidentActions.js';
import { IncidentHistory } from './IncidentHistory.js';
import { CONFIDENCE_WORDS, incidentLook } from './incident-looks.js';
import { incidentQuery, timelineQuery } from './incident-queries.js';
import { type IncidentSearch, readIncidentSearch } from './incidents-search.js';
import { RelatedIncidents } from './RelatedIncidents.js';
import { RelatedPanel } from './RelatedPanel.js';
import { ResponseSteps } from './ResponseSteps.js';
import { SuppressIncident } from './SuppressIncident.js';
import { SuppressHint } from './SuppressHint.js';
import { TimelinePanel } from './TimelinePanel.js';
import { Loading } from '../states/Loading.js';
import styles from './incidents.module.css';

const TITLE = 'Incident';
const route = getRouteApi('/signed-in/incidents/$id');

export function IncidentPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Incident />
    </Guarded>
  );
}

/** Findings of one actor that belong together: what happened, what to do, what became of it. */
function Incident() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(incidentQuery(id));
  const mayManage = useMay('findings:manage');
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {failed || <Loading height={480} />}
      </>
    );
  return (
    <>
      <PageTitle
        title={`${data.rule.title}: ${data.subject.label}`}
        aside={
          <>
            <Look look={SEVERITY_LOOKS[data.severity]} />
            <Look look={incidentLook(data)} />
          </>
        }
      />
      <Stack gap="md">
        {failed}
        {mayManage && (
          <IncidentActions incidents={[data]}>
            <SuppressIncident incident={data} />
          </IncidentActions>
        )}
        <SuppressHint incident={data} />
        <IncidentFacts incident={data} />
        <div className={styles['columns']}>
          <Stack gap="md">
            <ResponseSteps incident={data} />
            <RespondPanel cause={{ incidentId: data.id }} isAttack />
            <FoundPanel incident={data} />
            <WhatHappened incident={data} />
          </Stack>
          <Stack gap="md">
            <RelatedPanel incident={data} />
            <RelatedIncidents incident={data} />
            <IncidentHistory incident={data} />
          </Stack>
        </div>
      </Stack>
    </>
  );
}

function IncidentFacts({ incident }: { readonly incident: IncidentDetail }) {
  const { confidence, owner, firstAt, lastAt, closedAt, integration, findings } = incident;
  return (
    <Facts
      facts={[
        ['Confidence', CONFIDENCE_WORDS[confidence]],
        ['Owner', owner?.name ?? 'Nobody'],
        ['Findings', findings.toLocaleString('en')],
        ['First seen', <Ago key="first" at={firstAt} />],
        ['Last seen', <Ago key="last" at={lastAt} />],
        ...(closedAt === null ? [] : [['Closed', <Ago key="closed" at={closedAt} />] as const]),
        ['Integration', integration.name],
      ]}
    />
  );
}

/** Places and timeline, and the event that is open beside them. */
function WhatHappened({ incident }: { readonly incident: IncidentDetail }) {
  const { id, subject, integration } = incident;
  const search = readIncidentSearch(route.useSearch());
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(timelineQuery(id));
  const change = (part: { readonly [P in keyof IncidentSearch]: IncidentSearch[P] | undefined }, replace = false): void =>
    void navigate({
      to: '/incidents/$id',
      params: { id },
      search: kept<IncidentSearch>({ ...search, ...part }),
      replace,
      resetScroll: false,
    });
  return (
    <>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={240} />}
      {/* An address has one place, and an organisation has many at once. */}
      {data !== undefined && subject.kind === 'account' && <GeoTrail timeline={data} />}
      {data !== undefined && (
        <TimelinePanel
          incident={incident}
          timeline={data}
          isFoundOnly={search.events === 'found'}
          onFoundOnly={(isFoundOnly) => change({ events: isFoundOnly ? 'found' : undefined }, true)}
          onOpen={(event) => change({ event })}
        />
      )}
      <EventDrawer
        integration={integration.id}
        event={search.event}
        tab={search.tab}
        onTab={(tab) => change({ tab }, true)}
        onClose={() => change({ event: undefined, tab: undefined })}
        onOpen={({ integration: of, kind, key }) =>
          void navigate({ to: '/records/$kind', params: { kind }, search: { key, of } })
        }
      />
    </>
  );
}
