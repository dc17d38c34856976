import { ConfigChangedError, NameTakenError } from '@castellan/storage';
import { Problem } from '../problems/problem.js';

interface Organisation {
  readonly id: string;
  readonly displayName: string;
}

export function otherOrganisation(known: string, { id, displayName }: Organisation): Problem {
  const detail =
    `${displayName} is the organisation ${id}; this integration holds the data of ${known}. ` +
    'Connect another organisation as an integration of its own.';
  return new Problem({ code: 'other-organisation', detail });
}

export function changedMeanwhile(): Problem {
  const detail = 'Somebody else has changed the settings meanwhile. Read the integration again and repeat your change.';
  return new Problem({ code: 'changed-meanwhile', detail });
}

/** Does what stores an integration, and names what is in the way. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NameTakenError) throw nameTaken(error);
    if (error instanceof ConfigChangedError) throw changedMeanwhile();
    throw error;
  }
}

function nameTaken({ message }: NameTakenError): Problem {
  const errors = [{ field: 'name', message: `${message} Choose another name.` }];
  return new Problem({ code: 'name-taken', detail: message, errors });
}
