import {
  ACCESS_PRINCIPALS,
  ACCESS_TARGETS,
  type AccessNodeKind,
  type AccessNodeRef,
  type AccessPrincipalKind,
  type AccessTargetKind,
} from '@castellan/api';
import { invalidRequest } from '../problems/problem.js';

/** What each principal can reach, by what providers show (ADR 36): a program is in no group, and is given roles alone. */
const TARGETS_OF: Readonly<Record<AccessPrincipalKind, readonly AccessTargetKind[]>> = {
  account: ACCESS_TARGETS,
  group: ACCESS_TARGETS,
  client: ['role'],
};

/**
 * `kind:key`; a key may have a colon in it. The pattern of the query has let it through.
 * @throws Problem (400) for a kind that has no place there
 */
export function readNode<K extends AccessNodeKind>(
  field: string,
  text: string,
  kinds: readonly K[],
): AccessNodeRef & { readonly kind: K } {
  const colon = text.indexOf(':');
  const kind = kinds.find((candidate) => candidate === text.slice(0, colon));
  if (kind === undefined) throw notAsked(field, text.slice(0, colon), kinds);
  return { kind, key: text.slice(colon + 1) };
}

/** @throws Problem (400) where the one is never given to the other */
export function requirePair(
  principal: AccessPrincipalKind,
  target: AccessTargetKind,
  { field, of }: { readonly field: string; readonly of: 'principal' | 'target' },
): void {
  if (TARGETS_OF[principal].includes(target)) return;
  const others =
    of === 'target' ? TARGETS_OF[principal] : ACCESS_PRINCIPALS.filter((candidate) => TARGETS_OF[candidate].includes(target));
  const what =
    of === 'target' ? `No ${principal} is ever given ${withArticle(target)}` : `No ${principal} reaches ${withArticle(target)}`;
  throw invalidRequest([{ field, message: `${what}. Ask for: ${others.join(', ')}.` }]);
}

function withArticle(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function notAsked(field: string, kind: string, kinds: readonly AccessNodeKind[]): ReturnType<typeof invalidRequest> {
  const message = `${kind} cannot be asked about here. Write kind:key, with one of these kinds: ${kinds.join(', ')}.`;
  return invalidRequest([{ field, message }]);
}
