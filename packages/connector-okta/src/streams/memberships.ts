import { isEveryone, memberPagesOf, numberIn } from '../plan/org-count.js';
import { parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { memberBucket, memberPage } from './member-list.js';
import { oktaStream } from './okta-stream.js';
import { refreshMemberships } from '../refresh/memberships.js';

/** Members of each group that has any, but of Everyone. Nested groups do not exist in Okta. */
export const memberships = oktaStream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'membership'>(args, {
      parents: 'group',
      wanted: (hint) => hint?.['members'] !== 0 && !isEveryone(hint),
      rowName: 'member',
      expected: (hint) => numberIn(hint, 'members'),
      list: (group, next) => memberPage(args.client, group.key, next),
      cost: { stream: 'memberships', bucket: memberBucket(args.client), pages: memberPagesOf },
    }),
  refresh: refreshMemberships,
});
