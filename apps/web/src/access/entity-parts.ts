import type { AccessNodeKind } from '@castellan/api';
import type { Direction } from './access-queries.js';

/** A list of those on the other side of a question. */
export interface ListPart {
  readonly form: 'list';
  readonly direction: Direction;
  /** Kinds of the other side; the first is shown until another is chosen. */
  readonly others: readonly AccessNodeKind[];
}

export interface EntityPart {
  readonly name: string;
  readonly title: string;
  readonly content:
    | ListPart
    | {
        readonly form:
          | 'use'
          | 'sign-in'
          | 'activity'
          | 'rules'
          | 'unused'
          | 'suggestions'
          | 'reviews'
          | 'graph'
          | 'findings'
          | 'respond';
      }
    | { readonly form: 'changes'; readonly others: readonly AccessNodeKind[] };
}

const list = (name: string, title: string, direction: Direction, others: readonly AccessNodeKind[]): EntityPart => ({
  name,
  title,
  content: { form: 'list', direction, others },
});
const changes = (...others: readonly AccessNodeKind[]): EntityPart => ({
  name: 'changes',
  title: 'Changes',
  content: { form: 'changes', others },
});
const USE: EntityPart = { name: 'use', title: 'Use', content: { form: 'use' } };
const FINDINGS: EntityPart = { name: 'findings', title: 'Findings', content: { form: 'findings' } };
const RESPOND: EntityPart = { name: 'respond', title: 'Respond', content: { form: 'respond' } };
const GRAPH: EntityPart = { name: 'graph', title: 'Graph', content: { form: 'graph' } };

/** What a page shows of each kind; the first part is seen first. */
export const ENTITY_PARTS: Readonly<Record<AccessNodeKind, readonly EntityPart[]>> = {
  account: [
    list('access', 'Access', 'reach', ['application', 'role', 'group']),
    USE,
    { name: 'sign-in', title: 'Sign-in', content: { form: 'sign-in' } },
    { name: 'activity', title: 'Activity', content: { form: 'activity' } },
    changes('application', 'role', 'group'),
    FINDINGS,
    RESPOND,
    GRAPH,
  ],
  client: [list('access', 'Access', 'reach', ['role']), USE, changes('role'), FINDINGS, GRAPH],
  application: [
    list('access', 'Who can reach it', 'reached-by', ['account', 'group']),
    changes('account'),
    { name: 'suggestions', title: 'Suggestions', content: { form: 'suggestions' } },
    { name: 'reviews', title: 'Reviews', content: { form: 'reviews' } },
    FINDINGS,
    RESPOND,
    GRAPH,
  ],
  role: [list('access', 'Who holds it', 'reached-by', ['account', 'group', 'client']), changes('account'), FINDINGS, GRAPH],
  group: [
    list('access', 'Members', 'reached-by', ['account', 'group']),
    list('gives', 'What it gives', 'reach', ['application', 'role', 'group']),
    { name: 'unused', title: 'Unused', content: { form: 'unused' } },
    { name: 'rules', title: 'Rules that fill it', content: { form: 'rules' } },
    changes('account'),
    FINDINGS,
    RESPOND,
    GRAPH,
  ],
};
