import { useQueries, useQuery } from '@tanstack/react-query';
import { Ago } from '../states/Ago.js';
import { Freshness } from '../states/Freshness.js';
import { integrationQuery, integrationsQuery } from '../integrations/integration-queries.js';
import type { RecordKind } from './fields.js';
import { kindFreshness } from './kind-freshness.js';

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
    .flatMap(({ data }) => (data === undefined ? [] : [kindFreshness(data, kind)]))
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
