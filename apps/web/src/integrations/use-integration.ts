import type { IntegrationDetail, IntegrationStatus, RunProgressView } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useProgress } from '../progress/progress.js';
import { integrationQuery } from './integration-queries.js';

export interface LiveIntegration {
  readonly integration: IntegrationDetail;
  readonly status: IntegrationStatus;
  /** The run under way; `null`: there is none. */
  readonly run: RunProgressView | null;
}

/** The integration of the address, for what stands below its page: that is there only where it is known. */
export function useIntegration(): LiveIntegration {
  const { id = '' } = useParams({ strict: false });
  const { data } = useQuery(integrationQuery(id));
  const progress = useProgress(id);
  if (data === undefined) throw new Error('There is no integration here.');
  return { integration: data, status: progress?.status ?? data.status, run: progress?.run ?? null };
}
