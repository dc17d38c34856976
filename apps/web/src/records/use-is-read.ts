import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import type { RecordKind } from './fields.js';

/** Whether any integration reads records of a kind, whatever it has found: none of something is no news of what nobody looks for. */
export function useIsRead(): (kind: RecordKind) => boolean {
  const { data } = useQuery(integrationsQuery);
  // An integration counts the kinds that it reads, be it none of them. Until that is known nothing is denied.
  return (kind) => data === undefined || data.some(({ counts }) => counts[kind] !== undefined);
}
