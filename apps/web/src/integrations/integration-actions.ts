import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { integrationKeys } from './integration-queries.js';

export type IntegrationAction = 'sync' | 'pause' | 'resume';

const FAILED: Readonly<Record<IntegrationAction, string>> = {
  sync: 'The sync was not started',
  pause: 'It was not paused',
  resume: 'It was not resumed',
};

/** What needs no question first. */
export function useIntegrationAction(id: string, action: IntegrationAction) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post(at('integrations', id, action)),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: integrationKeys.one(id) }),
        queries.invalidateQueries({ queryKey: integrationKeys.list }),
      ]),
    onError: (error) => notifications.show({ color: 'red', title: FAILED[action], message: error.message }),
  });
}
