import { EmailTakenError, LastAdministratorError, LastOperatorError } from '@castellan/storage';
import { Problem } from '../problems/problem.js';

/** Runs `work`; what storage refuses about users becomes an answer that says the way out. */
export async function withUserProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmailTakenError) throw emailTaken();
    if (error instanceof LastAdministratorError) throw lastAdministrator();
    if (error instanceof LastOperatorError) throw lastOperator();
    throw error;
  }
}

function emailTaken(): Problem {
  const detail = 'Somebody on this host has this e-mail address already. One address is one user: choose another.';
  const errors = [{ field: 'email', message: detail }];
  return new Problem({ code: 'email-taken', detail, errors });
}

function lastOperator(): Problem {
  const detail = 'This is the last operator of the host. Make somebody else operator first: {"isOperator": true}.';
  return new Problem({ code: 'last-operator', detail });
}

function lastAdministrator(): Problem {
  const detail = 'This is the last administrator of the workspace. Make somebody else administrator first.';
  return new Problem({ code: 'last-administrator', detail });
}
