import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Loading } from '../states/Loading.js';
import { PageTitle } from '../states/PageTitle.js';
import { ruleFileQuery } from './detection-queries.js';
import { FileEditor, NEW_TITLE } from './FileEditor.js';
import { firstRule, newRuleId } from './first-rule.js';

const TITLE = 'Own rules';
const route = getRouteApi('/signed-in/detection/files/$file');

export function NewFilePage() {
  return (
    <Guarded title={NEW_TITLE} needs="detection:manage">
      <Begun />
    </Guarded>
  );
}

export function FilePage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Stored />
    </Guarded>
  );
}

function Stored() {
  const { file: id } = route.useParams();
  const { data, error, refetch } = useQuery(ruleFileQuery(id));
  if (data !== undefined) return <FileEditor key={id} file={data} />;
  return (
    <>
      <PageTitle title={TITLE} />
      {error === null ? <Loading height={480} /> : <Failed error={error} retry={() => void refetch()} />}
    </>
  );
}

/** A new one looks at the log that is there. */
function Begun() {
  const { data, error } = useQuery(integrationsQuery);
  const [id] = useState(newRuleId);
  const [product, setProduct] = useState<string | null>();
  if (product === undefined && (data !== undefined || error !== null)) setProduct(data?.[0]?.connector.id ?? null);
  // What is being written is not begun anew with each look at the integrations.
  if (product !== undefined) return <FileEditor file={undefined} first={firstRule(product ?? undefined, id)} />;
  return (
    <>
      <PageTitle title={NEW_TITLE} />
      <Loading height={480} />
    </>
  );
}
