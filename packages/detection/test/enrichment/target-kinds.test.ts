import { Enricher } from '../../src/enrichment/enricher.js';
import type { History } from '../../src/enrichment/history.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { readEvent } from '../../src/log-event.js';
import { line, target, user } from '../rules/log-line.js';

test('what is said of accounts and of groups among the targets stands apart, too', () => {
  const [admin, group] = [user('boss'), target('UserGroup', 'Everyone')];
  const event = readEvent(line('group.user_membership.add', { target: [admin, group] }));
  if (event === undefined) throw new Error('The line is an event.');
  const enricher = new Enricher({
    known: {
      account: (id) => (id === admin.id ? { roles: ['SUPER_ADMIN'], isSuperAdmin: true } : undefined),
      group: () => ({ roles: [], isSuperAdmin: false, isRuled: false }),
    },
    memory: new Map<string, History>(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  expect(enricher.enrich(event)).toMatchObject({
    x: {
      targetUser: [{ id: admin.id, isAdmin: true, isSelf: false }],
      targetGroup: [{ id: group['id'], isAdmin: false, isRuled: false }],
    },
  });
});
