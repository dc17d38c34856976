import type { IntegrationDetail, StreamView } from '@castellan/api';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Ago } from '../states/Ago.js';
import { Freshness } from '../states/Freshness.js';
import { integrationQuery, integrationsQuery } from '../integrations/integration-queries.js';
import type { RecordKind } from './fields.js';

interface RecordsFreshnessProps {
  readonly kind: RecordKind;
  /** Id of the one that is shown; all of them otherwise. */
  readonly integration: string | undefined;
}

/** How old what the table shows may be: as old as the integration that was read longest ago. */
export function RecordsFreshness({ kind, integration }: RecordsFreshnessProps) {
  const { data: all } = useQuery(integrationsQuery);
  const ids = integration === undefined ? (all ?? []).map(({ id }) => id) : [integration];
  const details = useQueries({ queries: ids.map(integrationQuery) });
  const known = details
    .flatMap(({ data }) => (data === undefined ? [] : [freshnessOf(data, kind)]))
    .filter((one) => one !== null);
  const [oldest] = known.toSorted((a, b) => Date.parse(a.asOf ?? '1970-01-01') - Date.parse(b.asOf ?? '1970-01-01'));
  if (oldest === undefined) return null;
  const lines = known.map(({ name, asOf }) => (
    <div key={name}>
      {name}: {asOf === null ? 'not read yet' : <Ago at={asOf} />}
    </div>
  ));
  return <Freshness asOf={oldest.asOf} everySeconds={oldest.everySeconds} details={lines} />;
}

/** `null`: it reads nothing of the kind. */
function freshnessOf({ name, streams, schedule, polledAt }: IntegrationDetail, kind: RecordKind) {
  const own = streams.filter((stream) => stream.kind === kind);
  if (own.length === 0) return null;
  const listed = oldestOf(own);
  // What the log names is read again in between: then all of it is as new as the log.
  const asOf = listed !== null && polledAt !== null && polledAt > listed ? polledAt : listed;
  return { name, asOf, everySeconds: schedule.everySeconds };
}

function oldestOf(streams: readonly StreamView[]): string | null {
  const times = streams.map(({ freshAt }) => freshAt);
  return times.includes(null) ? null : (times.toSorted()[0] ?? null);
}
