import type { JsonObject } from '../../json/json.js';
import { rulesOf } from '../../org/setting-lists.js';
import { atTheConsole } from '../look-alikes/people.js';
import { attack } from '../scenario.js';
import type { Stage } from '../stage.js';

/** What administrators do from their own desk, and should not. */
export const insiders = [
  attack('protections-loosened', {
    title: 'An administrator loosens one protection after the other',
    story:
      'At the own desk, on the own laptop, an administrator lets a policy ask again only after years, deletes the network zone of the data centre, adds half of all addresses to that of the offices, and tells ThreatInsight to look away. Nothing about who does it is odd.',
    act: (stage) => {
      const offices = stage.officeZones()[0] ?? '';
      const spare = stage.before(400, () => stage.org.addSetting('zones', 'nzo', { name: 'Data centre', type: 'IP' }));
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const { policyId, ruleId } = stage.strictRule;
      session.does((org) => org.updatePolicyRule(policyId, ruleId, asksAgainAfter(stage, 'PT43800H')), {
        uri: `/api/v1/policies/${policyId}/rules/${ruleId}`,
      });
      stage.minutes(4);
      session.does((org) => org.deleteSetting('zones', spare.id), { uri: `/api/v1/zones/${spare.id}` });
      stage.minutes(3);
      const gateways = [{ type: 'CIDR', value: '128.0.0.0/1' }];
      session.does((org) => org.updateZone(offices, { gateways }), {
        uri: `/api/v1/zones/${offices}`,
        debugData: { zoneData: JSON.stringify({ type: 'IP', gateways, proxies: [] }) },
      });
      stage.minutes(2);
      session.does((org) => org.updateThreatInsight({ action: 'none' }), { uri: '/api/v1/threats/configuration' });
    },
  }),
];

/** The rule that asks for two factors, with another time after which it asks again. */
export function asksAgainAfter(stage: Stage, reauthenticateIn: string): JsonObject {
  const { policyId, ruleId } = stage.strictRule;
  const rule = stage.org.list(rulesOf(policyId)).get(ruleId);
  const text = JSON.stringify(rule?.['actions'] ?? {});
  // The text is that of an object, with one value in it replaced.
  return {
    actions: JSON.parse(text.replace(/"reauthenticateIn":"[^"]*"/, `"reauthenticateIn":"${reauthenticateIn}"`)) as JsonObject,
  };
}
