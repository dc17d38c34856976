import { RulesTooSlow } from '@castellan/detection';
import { type InboxPlace, isPassing, noteFailure, noteFound, setAside, type Storage } from '@castellan/storage';
import { switchOff } from './slow-rules.js';
import { type Watched, watchBatch } from './watch.js';
import type { RulesOfWorkspaces } from './workspace-rules.js';

/** A batch that rules could not be shown. */
export interface FailedBatch {
  /** What was taken out of the inbox, and is back in it. */
  readonly places: readonly InboxPlace[];
  readonly cause: unknown;
}

/**
 * `wait`: try it again after a while. `again`: a smaller batch at once. `event`: this one was set aside, the others go on.
 * `rules`: these were switched off, since they took too long.
 */
export type AfterFailure =
  | { readonly next: 'wait' }
  | { readonly next: 'again' }
  | { readonly next: 'rules'; readonly titles: readonly string[] }
  | { readonly next: 'event'; readonly event: InboxPlace; readonly reason: string };

/**
 * What comes of a batch that has failed, whatever the reason. After some times it is made smaller, until the event is found for
 * which it fails; that is set aside, and everything behind it goes on. An event is only blamed when it fails alone, and a look
 * at none does not.
 */
export async function afterFailure(
  storage: Pick<Storage, 'queries' | 'transaction' | 'audit'>,
  of: Watched,
  books: RulesOfWorkspaces,
  { places, cause }: FailedBatch,
): Promise<AfterFailure> {
  if (cause instanceof RulesTooSlow) {
    const titles = await storage.transaction(() => switchOff(storage, of.workspaceId, cause));
    return { next: 'rules', titles };
  }
  const [first, ...others] = places;
  if (first === undefined || isPassing(cause)) return { next: 'wait' };
  const isLookedInto = await storage.transaction(() => noteFailure(storage.queries, of.integrationId, places.length));
  if (!isLookedInto) return { next: 'wait' };
  if (others.length > 0) return { next: 'again' };
  if (!(await canLookAtNone(storage, of, books))) return { next: 'wait' };
  const reason = reasonOf(cause);
  const isAside = await storage.transaction(async () => {
    if (!(await setAside(storage.queries, of.integrationId, first, reason))) return false;
    await noteFound(storage.queries, of.integrationId);
    return true;
  });
  return isAside ? { next: 'event', event: first, reason } : { next: 'again' };
}

/** Where that fails, too, no event is the reason: to set them aside one by one would leave nothing. */
async function canLookAtNone(
  storage: Pick<Storage, 'queries' | 'transaction'>,
  of: Watched,
  books: RulesOfWorkspaces,
): Promise<boolean> {
  try {
    await storage.transaction(() => watchBatch(storage.queries, of, books, { atMost: 0 }));
    return true;
  } catch {
    // What it says is the same as what was told of the batch.
    return false;
  }
}

/** Its kind alone: the words of an error repeat what they are about, and that may be a secret. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'Rules could not be shown it.';
  const code = 'code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code) ? cause.code : undefined;
  if (code === TOO_LONG) return 'To show it to rules took too long.';
  if (code !== undefined) return `The database refused what was to be kept of it (error ${code}).`;
  const name = /^[A-Za-z]{1,50}$/.test(cause.name) ? cause.name : 'Error';
  return `Rules could not be shown it (${name}).`;
}

/** How PostgreSQL says that a statement was ended. */
const TOO_LONG = '57014';
