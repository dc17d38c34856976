import type { ActionRequest, PlaybookRun, Storage, StoredItem } from '@castellan/storage';
import { NEEDS_AGREEMENT } from './agreement.js';

/** As long as somebody may agree to a proposal (see `ActionRequests.decide`). */
const PROPOSED_MS = 24 * 3_600_000;
const TOO_LATE = 'Nobody has agreed to it within 24 hours.';

/** How the wishes of a run begin. */
export function wishesOf({ id }: Pick<PlaybookRun, 'id'>): string {
  return `playbook ${id} `;
}

/** What has become of a request, as its item shows it. What nobody has agreed to in time is withdrawn. */
export async function requestedItem(
  storage: Storage,
  item: StoredItem,
  request: ActionRequest | undefined,
  run: PlaybookRun,
): Promise<StoredItem> {
  if (request === undefined) return { ...item, state: 'not_done', message: 'The request is gone.' };
  const by = request.decidedBy;
  switch (request.state) {
    case 'verified':
      return { ...item, state: 'done', message: request.message, by };
    case 'done':
      return request.endedAt === null ? { ...item, message: null } : { ...item, state: 'done', message: request.message, by };
    case 'failed':
      return { ...item, state: 'by_hand', message: `It failed, and is to be done by hand: ${request.problem?.message ?? ''}` };
    case 'rejected':
    case 'withdrawn':
      return { ...item, state: 'not_done', message: unwanted(request), by };
    case 'proposed': {
      if (Date.now() - request.createdAt.getTime() < PROPOSED_MS) return { ...item, message: NEEDS_AGREEMENT };
      await withdraw(storage, run, request);
      return { ...item, state: 'not_done', message: TOO_LATE };
    }
    default:
      return { ...item, message: null };
  }
}

function unwanted({ decidedBy, problem }: ActionRequest): string {
  // It may have been withdrawn before its run has looked.
  return problem?.kind === 'expired' ? TOO_LATE : `${decidedBy?.name ?? 'Somebody'} does not want it.`;
}

/** What waits for a person still, and is not wanted any more. What somebody else has asked for before is theirs. */
export async function withdraw(storage: Storage, run: PlaybookRun, { id: requestId, wish }: ActionRequest): Promise<void> {
  if (!wish.startsWith(wishesOf(run))) return;
  await storage.actions.decide(run.workspaceId, requestId, 'withdrawn', {
    kind: 'host',
    id: null,
    name: `Playbook ${run.playbook}`,
  });
}
