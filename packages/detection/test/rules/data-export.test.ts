import { DAY, type Line, line, over, target, user } from './log-line.js';
import { known, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const ELSEWHERE: Line = { client: { ipAddress: '203.0.113.7' }, debugContext: { debugData: { dtHash: 'dt-attacker' } } };
const report = (name: string, days: number, more: Line = {}): Line =>
  of(name, 'analytics.reports.export.request', '192.0.2.10', days * DAY, more);

testStories('okta/data-export.yml', {
  okta_event_hook_changed: {
    hits: {
      'one is made': { events: [line('event_hook.created')], level: 'low' },
      'one is changed through a proxy': { events: [line('event_hook.updated', PROXY)], level: 'high' },
      'on a device and at an address that are new': {
        events: [known('ann'), line('event_hook.created', ELSEWHERE)],
        level: 'medium',
      },
    },
    misses: { 'one is deleted': { events: [line('event_hook.deleted', PROXY)] } },
  },
  okta_inline_hook_changed: {
    hits: {
      'one is made': { events: [line('inline_hook.created')], level: 'low' },
      'one is switched on through a proxy': { events: [line('inline_hook.activated', PROXY)], level: 'high' },
    },
    misses: { 'one is called': { events: [line('inline_hook.executed', PROXY)] } },
  },
  okta_workflows_exported: {
    hits: {
      'a table': { events: [line('workflows.user.table.export')], level: 'low' },
      'a flow, through a proxy': { events: [line('workflows.user.flow.export', PROXY)], level: 'high' },
    },
    misses: { 'a table is looked at': { events: [line('workflows.user.table.view', PROXY)] } },
  },
  okta_workflows_role_given: {
    hits: {
      'to bob': {
        events: [line('workflows.user.role.user.add', { target: [target('User', 'bob', user('bob'))] })],
        level: 'low',
      },
      'to bob, who is new': {
        events: [line('workflows.user.role.user.add', { target: [target('User', 'bob', user('bob'))] })],
        accounts: { [user('bob').id]: { createdAt: Date.parse('2026-11-01T00:00:00Z') } },
        level: 'medium',
      },
      'to a group, through a proxy': { events: [line('workflows.user.role.group.add', PROXY)], level: 'high' },
    },
    misses: { 'it is taken': { events: [line('workflows.user.role.user.remove', PROXY)] } },
  },
  okta_report_exported_oddly: {
    hits: {
      'through a proxy': { events: [line('analytics.reports.export.download', PROXY)], level: 'high' },
      'on a device and at an address that are new': {
        events: [known('ann'), line('analytics.reports.export.request', ELSEWHERE)],
        level: 'low',
      },
      'on a new device in another country': {
        events: [
          known('ann'),
          line('analytics.reports.export.request', over(ELSEWHERE, { client: { geographicalContext: { country: 'Norway' } } })),
        ],
        level: 'medium',
      },
    },
    misses: { 'in the office': { events: [known('ann'), report('ann', 0)] } },
  },
  okta_report_exported_by_another: {
    hits: {
      'bob, and not ann, for the first time': { events: [report('ann', -20), report('bob', 0)], level: 'low' },
      'bob, on a device that is new': {
        events: [known('bob'), report('ann', -20), report('bob', 0, ELSEWHERE)],
        level: 'medium',
      },
      'ann, after a hundred days': { events: [report('ann', -101), report('bob', -50), report('ann', 0)] },
    },
    misses: {
      'ann again': { events: [report('ann', -20), report('ann', 0)] },
      'bob in the first two weeks': { events: [report('ann', -13), report('bob', 0)] },
    },
  },
});
