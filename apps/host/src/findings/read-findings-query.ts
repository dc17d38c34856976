import { FINDING_STATUSES, type FindingStatus, SEVERITIES } from '@castellan/api';
import { severityNumber } from '@castellan/posture';
import type { FindingConditions, Storage } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { isDatedPosition } from '../input/dated-position.js';
import { textsOf } from '../input/is-text-or-texts.js';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';
import { readIntegration } from '../records/rows-lookup.js';
import type { FindingsConditions } from './findings-query.js';
import type { KnownRules } from './known-rules.js';

/** What is to be worked through. */
export const TO_WORK_THROUGH: readonly FindingStatus[] = ['open', 'acknowledged'];

/** What a question over findings is read with. */
export interface QuestionSources {
  readonly storage: Storage;
  readonly rules: KnownRules;
}

/**
 * @param path of an object inside the body that the conditions stand in: `where.`
 * @throws Problem (400) that names the parameter and what it can be; (404) for an integration that is not there.
 */
export async function readFindingConditions(
  { storage, rules }: QuestionSources,
  caller: Caller,
  query: FindingsConditions,
  { byDefault = TO_WORK_THROUGH, path = '' }: { readonly byDefault?: readonly FindingStatus[]; readonly path?: string } = {},
): Promise<FindingConditions> {
  const asked = { rules: textsOf(query.rule), area: query.area, q: query.q };
  const statuses = among(FINDING_STATUSES, query.status, `${path}status`);
  const severities = among(SEVERITIES, query.severity, `${path}severity`).map(severityNumber);
  const colon = query.subject?.indexOf(':') ?? -1;
  return {
    integrationId: await readIntegration(storage, caller, query.integration),
    source: query.source,
    rules: await rules.asked(caller.workspaceId, asked, `${path}rule`),
    statuses: statuses.length === 0 ? byDefault : statuses,
    severities: severities.length === 0 ? undefined : severities,
    subjectKind: query.subject?.slice(0, colon),
    subjectKey: query.subject?.slice(colon + 1),
    ownerId: readOwner(caller, query.owner, `${path}owner`),
  };
}

export function among<T extends string>(
  known: readonly T[],
  given: string | readonly string[] | undefined,
  field: string,
): readonly T[] {
  return textsOf(given).map((text) => {
    const found = known.find((candidate) => candidate === text);
    if (found === undefined) throw invalidRequest([{ field, message: `Must be one of: ${known.join(', ')}.` }]);
    return found;
  });
}

export function readOwner({ userId }: Caller, owner: string | undefined, field: string): string | null | undefined {
  if (owner === undefined) return undefined;
  if (owner === 'none') return null;
  if (owner === 'me') {
    if (userId !== null) return userId;
    throw invalidRequest([{ field, message: 'Nobody is `me`: whoever made this API key was removed.' }]);
  }
  if (UUID.test(owner)) return owner.toLowerCase();
  throw invalidRequest([{ field, message: 'Must be the id of a user, me, or none.' }]);
}

/** `severity|instant|id`, as the storage writes it. */
export function isFindingPosition(position: string): boolean {
  return /^[1-5]\|/.test(position) && isDatedPosition(position.slice(2));
}
