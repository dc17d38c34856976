import { saidOf } from './said-of.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
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
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  expect(saidOf(enricher, event)).toMatchObject({
    targetUser: [{ id: admin.id, isAdmin: true, isSelf: false }],
    targetGroup: [{ id: group['id'], isAdmin: false, isRuled: false }],
  });
});
