import type { Storage } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';

/** The integration that a query names. @throws Problem (404) for an unknown id, for one of another workspace, and for a text that is none. */
export async function readIntegration(
  storage: Storage,
  { workspaceId }: Caller,
  id: string | undefined,
): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const found = await storage.integrations.get(workspaceId, readId(id, 'integration', 'integration'));
  if (found === undefined) throw notFound('integration', 'integration with this id');
  return found.id;
}
