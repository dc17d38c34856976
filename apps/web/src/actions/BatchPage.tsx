import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { BatchProgress } from './BatchProgress.js';
import { batchQuery } from './batch-queries.js';
import { BatchLink } from './PartOfBatch.js';
import { UndoBatchButton } from './UndoBatchButton.js';

const TITLE = 'Batch of actions';
const route = getRouteApi('/signed-in/actions/batches/$id');

export function BatchPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <OneBatch />
    </Guarded>
  );
}

/** The same action on many: how far it is, and what became of each. */
function OneBatch() {
  const { id } = route.useParams();
  const { data } = useQuery(batchQuery(id));
  return (
    <>
      <PageTitle
        title={data === undefined ? TITLE : `${data.title}: ${data.size.toLocaleString('en')}`}
        // Its dialog leads to another page of this kind, and is not to stand over that.
        // Its dialog leads to another page of this kind, and is not to stand over that.
        {...(data !== undefined && { actions: <UndoBatchButton key={id} batch={data} /> })}
      />
      <Stack gap="md">
        {data !== undefined && (
          <Facts
            facts={[
              ...(data.undoOf === null ? [] : [['Takes back', <BatchLink key="back" id={data.undoOf} />] as const]),
              ['Reason', data.reason ?? 'None was given'],
              ['Asked for by', data.requestedBy.name],
              ['Asked for', <Ago key="asked" at={data.createdAt} />],
              ...(data.decidedBy === null ? [] : [['Decided by', data.decidedBy.name] as const]),
              ['Integration', data.integration.name],
            ]}
          />
        )}
        <Panel title="What became of it">
          <BatchProgress id={id} />
        </Panel>
      </Stack>
    </>
  );
}
