import { type ActionRequest, type PlaybookRun, PROPOSED_HOURS, type StoredItem } from '@castellan/storage';
import { wishesOf } from '../actions/step-wish.js';
import { NEEDS_AGREEMENT } from './agreement.js';

const TOO_LATE = `Nobody has agreed to it within ${PROPOSED_HOURS} hours.`;

/** Whether this run has asked for it. What it has found asked for already is somebody else's. */
export function isOwn(run: PlaybookRun, request: ActionRequest | undefined): boolean {
  return request?.wish.startsWith(wishesOf(run)) === true;
}

/** What has become of a request, as its item shows it. */
export function requestedItem(item: StoredItem, request: ActionRequest | undefined, run: PlaybookRun): StoredItem {
  if (request === undefined) return { ...item, state: 'not_done', message: 'The request is gone.' };
  const by = request.decidedBy;
  switch (request.state) {
    case 'verified':
      return { ...item, state: 'done', message: request.message, by };
    case 'done':
      return request.endedAt === null ? { ...item, message: null } : { ...item, state: 'done', message: request.message, by };
    case 'failed':
      return { ...item, state: 'by_hand', message: `It failed, and is to be done by hand: ${request.problem?.message ?? ''}` };
    case 'withdrawn':
      // Whoever has asked for it wants it no more, and this run does.
      if (!isOwn(run, request)) return { ...item, state: 'open', requestId: null, message: null };
      return { ...item, state: 'not_done', message: unwanted(request), by };
    case 'rejected':
      return { ...item, state: 'not_done', message: unwanted(request), by };
    case 'proposed':
      return { ...item, message: NEEDS_AGREEMENT };
    default:
      return { ...item, message: null };
  }
}

function unwanted({ decidedBy, problem }: ActionRequest): string {
  return problem?.kind === 'expired' ? TOO_LATE : `${decidedBy?.name ?? 'Somebody'} does not want it.`;
}
