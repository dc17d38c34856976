import type { Requester } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { Problem } from '../problems/problem.js';

export type Decision = 'approved' | 'rejected' | 'withdrawn';

const OWN = {
  person: 'You have asked for this yourself',
  playbook: 'You have switched on the playbook that asks for this',
};

/** Who may decide what somebody has asked for. @throws Problem (403) */
export function requireMayDecide(caller: Caller, requestedBy: Requester, decision: Decision): void {
  if (decision === 'rejected') return;
  if (decision === 'approved' && caller.kind !== 'user') throw ownApproval('An API key is no second person.');
  const isOwn = requestedBy.id === caller.id || userBehind(requestedBy) === caller.id;
  if (decision === 'approved' && isOwn)
    throw ownApproval(`${OWN[requestedBy.kind === 'playbook' ? 'playbook' : 'person']}: another person has to agree.`);
  if (decision === 'withdrawn' && !isOwn) throw ofAnother();
}

/** The user who is no second person for it: who asked, also by a key, or has switched on the playbook that asks. `null`: gone since. */
export function userBehind({ kind, id, userId }: Requester): string | null {
  return userId ?? (kind === 'api_key' ? null : id);
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
