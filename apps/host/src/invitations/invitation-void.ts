import { Problem } from '../problems/problem.js';

/** The same for an unknown one, one that is used up, and one whose time is over. */
export function invitationVoid(): Problem {
  const detail = 'This invitation is not valid, or not any more. Ask an administrator of your workspace for a new one.';
  const errors = [{ field: 'token', message: detail }];
  return new Problem({ code: 'invitation-void', detail, errors });
}
