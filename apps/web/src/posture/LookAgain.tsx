import type { PostureOverview } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { FINDINGS_KEY } from '../findings/findings-queries.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useMay } from '../session/session.js';
import { Freshness } from '../states/Freshness.js';
import { overviewQuery, POSTURE_KEY, useLook } from './posture-queries.js';

const DAY_SECONDS = 86_400;

interface LookProps {
  readonly overview: PostureOverview;
  readonly integration: string | undefined;
}

/** How old what is shown is, and whether somebody is looking right now. */
export function LastLook({ overview: { evaluatedAt, pending } }: Pick<LookProps, 'overview'>) {
  useReadAfterLook(evaluatedAt);
  return (
    <Group gap="sm">
      {evaluatedAt !== null && <Freshness asOf={evaluatedAt} everySeconds={DAY_SECONDS} />}
      <Text size="sm" c="dimmed" role="status">
        {pending > 0 ? 'Being looked at …' : ''}
      </Text>
    </Group>
  );
}

/** The same of a page that needs no more of the overview; what it shows is read anew after a look. */
export function LastLookOf({ integration }: Pick<LookProps, 'integration'>) {
  const { data } = useQuery(overviewQuery(integration));
  return data === undefined ? null : <LastLook overview={data} />;
}

export function LookAgain({ overview, integration }: LookProps) {
  const { data: integrations = [] } = useQuery(integrationsQuery);
  const look = useLook();
  const wanted = integrations.filter(({ id }) => integration === undefined || id === integration).map(({ id }) => id);
  if (!useMay('posture:manage') || wanted.length === 0) return null;
  const ask = (): void =>
    look.mutate(wanted, {
      onError: ({ message }) => notifications.show({ color: 'red', role: 'alert', title: 'Nobody was asked to look', message }),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} aria-hidden />}
      loading={look.isPending || overview.pending > 0}
      onClick={ask}
    >
      Look again
    </Button>
  );
}

/** After a look all that it may have changed is read anew. */
function useReadAfterLook(evaluatedAt: string | null): void {
  const queries = useQueryClient();
  const last = useRef(evaluatedAt);
  useEffect(() => {
    if (last.current === evaluatedAt) return;
    last.current = evaluatedAt;
    const isOther = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
      queryKey[0] === FINDINGS_KEY[0] || (queryKey[0] === POSTURE_KEY[0] && queryKey[1] !== 'overview');
    void queries.invalidateQueries({ predicate: isOther });
  }, [evaluatedAt, queries]);
}
