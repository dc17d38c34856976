import type { Edited, IntegrationDetail } from '@castellan/api';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, patch } from '../api/ask.js';
import { integrationKeys } from './integration-queries.js';

/** What is left out stays as it is. */
export interface Edit {
  readonly name?: string;
  readonly owner?: string | null;
  readonly schedule?: { readonly everySeconds: number; readonly pollSeconds: number | null };
}

/** Changes what needs no test of the connection. */
export function useEdit(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (edit: Edit) => patch<IntegrationDetail & Edited>(at('integrations', id), edit),
    onSuccess: (edited) => {
      queries.setQueryData<IntegrationDetail>(integrationKeys.one(id), edited);
      notifications.show({ color: 'green', role: 'status', message: 'Saved.' });
      return queries.invalidateQueries({ queryKey: integrationKeys.list });
    },
  });
}
