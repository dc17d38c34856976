import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { Look } from '../states/Look.js';
import { Deliveries } from './Deliveries.js';
import { webhookLook } from './delivery-looks.js';
import { webhookQuery } from './webhook-queries.js';
import { receiverName } from './receiver-name.js';
import { WebhookActions } from './WebhookActions.js';
import { WebhookFacts } from './WebhookFacts.js';

const route = getRouteApi('/signed-in/webhooks/$id');

export function WebhookPage() {
  return (
    <Guarded title="Webhook" needs="webhooks:manage">
      <Webhook />
    </Guarded>
  );
}

function Webhook() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(webhookQuery(id));
  return (
    <>
      <PageTitle
        title={data === undefined ? 'Webhook' : (data.description ?? receiverName(data))}
        aside={data && <Look look={webhookLook(data)} />}
        actions={data && <WebhookActions webhook={data} />}
      />
      <Stack gap="lg">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {(data !== undefined || error === null) && <WebhookFacts webhook={data} />}
        {(data !== undefined || error === null) && <Deliveries id={id} isEnabled={data?.isEnabled === true} />}
      </Stack>
    </>
  );
}
