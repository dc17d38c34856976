import type { Storage } from '@castellan/storage';
import { Problem } from '../problems/problem.js';

/** @throws Problem (422) for a user of another workspace, an unknown one, and one who may not sign in any more. */
export async function possibleOwner(
  storage: Storage,
  workspaceId: string,
  userId: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const user = await storage.integrations.possibleOwner(workspaceId, userId);
  if (user?.disabledAt === null) return user;
  const message =
    user === undefined ? 'Is not a user of this workspace.' : `${user.name} is disabled and cannot become an owner.`;
  const errors = [{ field: 'change.owner', message }];
  throw new Problem({ code: 'not-an-owner', detail: `change.owner: ${message}`, errors });
}
