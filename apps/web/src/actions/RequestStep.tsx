import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '../shell/links.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { requestQuery } from './action-queries.js';
import { RequestState } from './RequestState.js';

/** What becomes of what was asked for, as it happens. */
export function RequestStep({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery(requestQuery(id));
  return (
    <Stack gap="md">
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={80} />}
      {data !== undefined && <RequestState request={data} isLive />}
      <Group justify="flex-end" gap="xs">
        <ButtonLink to="/actions/$id" params={{ id }} variant="default">
          See all of it
        </ButtonLink>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
