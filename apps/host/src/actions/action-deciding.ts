import type { Requester, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

export type Decision = 'approved' | 'rejected' | 'withdrawn';

const OWN = {
  person: 'You have asked for this yourself',
  playbook: 'You have switched on the playbook that asks for this',
};

/** Who may decide what somebody has asked for. */
@Injectable()
export class ActionDeciding {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  /** @throws Problem (403) */
  async require(caller: Caller, requestedBy: Requester, decision: Decision): Promise<void> {
    if (decision === 'rejected') return;
    if (decision === 'approved' && caller.kind !== 'user') throw ownApproval('An API key is no second person.');
    const isOwn = await this.#isRequester(caller, requestedBy, decision === 'approved');
    if (decision === 'approved' && isOwn)
      throw ownApproval(`${OWN[requestedBy.kind === 'playbook' ? 'playbook' : 'person']}: another person has to agree.`);
    if (decision === 'withdrawn' && !isOwn) throw ofAnother();
  }

  /**
   * A user may have asked by a key that is theirs, or by a playbook that they, or a key of theirs, have switched on.
   * @param unlessKnown what holds where nobody knows any more whose the key was
   */
  async #isRequester({ id, workspaceId }: Caller, requestedBy: Requester, unlessKnown: boolean): Promise<boolean> {
    if (requestedBy.id === id || requestedBy.kind === 'user') return requestedBy.id === id;
    // One that is over for long is not listed any more, and was somebody's all the same.
    const key = requestedBy.id === null ? undefined : await this.storage.apiKeys.get(workspaceId, requestedBy.id);
    // Whoever made the key may have left: then it was somebody else.
    if (key !== undefined) return key.createdBy?.id === id;
    return requestedBy.kind === 'api_key' && unlessKnown;
  }
}

export function decidedAlready(): Problem {
  return new Problem({
    code: 'action-decided',
    detail: 'It was decided already, or nobody agreed to it within 24 hours: then ask for it again.',
  });
}

function ownApproval(detail: string): Problem {
  return new Problem({ code: 'own-approval', detail });
}

function ofAnother(): Problem {
  return new Problem({ code: 'action-of-another', detail: 'Somebody else has asked for this. It can be rejected.' });
}
