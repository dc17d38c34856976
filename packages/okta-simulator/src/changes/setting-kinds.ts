import type { JsonObject, OktaObject } from '../json/json.js';
import { hasId } from '../json/json.js';
import type { Random } from '../generator/random.js';
import type { Org } from '../org/org.js';
import { rulesOf } from '../org/setting-lists.js';
import type { ChangeKind } from './change-kind.js';

/** Changes an object drawn from one of the lists that are only served. */
const changeSetting = (
  name: string,
  list: string,
  change: (org: Org, object: OktaObject, random: Random) => unknown,
): ChangeKind => ({
  name,
  apply: (org, random) => {
    const object: JsonObject | undefined = org.list(list).drawn(random.next(), (one) => hasId(one));
    return object !== undefined && hasId(object) && change(org, object, random) !== false;
  },
});

const description = (random: Random): JsonObject => ({ description: `Changed ${random.below(1_000_000)}` });
const opposite = ({ status }: OktaObject): 'ACTIVE' | 'INACTIVE' => (status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE');

const zoneFields = (random: Random): JsonObject => ({
  type: 'IP',
  name: `Zone ${random.below(1_000_000_000)}`,
  usage: 'POLICY',
  system: false,
  gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
  proxies: null,
});

export const settingKinds: readonly ChangeKind[] = [
  changeSetting('policy updated', 'policies', (org, policy, random) => org.updatePolicy(policy.id, description(random))),
  changeSetting('policy rule updated', 'policies', (org, policy, random) => {
    const rule = org.list(rulesOf(policy.id)).drawn(random.next(), (one) => hasId(one));
    return rule !== undefined && hasId(rule) && org.updatePolicyRule(policy.id, rule.id, { priority: 1 + random.below(9) });
  }),
  {
    name: 'zone created',
    apply: (org, random) => {
      org.addSetting('zones', 'nzo', zoneFields(random));
      return true;
    },
  },
  changeSetting('zone updated', 'zones', (org, zone, random) =>
    org.updateZone(zone.id, { name: `Zone ${random.below(1000)}` }),
  ),
  changeSetting('zone deleted', 'zones', (org, zone) => zone['system'] !== true && org.deleteSetting('zones', zone.id)),
  changeSetting('authenticator switched', 'authenticators', (org, one) => org.setAuthenticatorStatus(one.id, opposite(one))),
  changeSetting('trusted origin switched', 'trusted-origins', (org, origin) =>
    org.updateSetting('trusted-origins', origin.id, { status: opposite(origin) }),
  ),
  changeSetting('log stream switched', 'log-streams', (org, stream) =>
    org.updateSetting('log-streams', stream.id, { status: opposite(stream) }),
  ),
  changeSetting('behavior updated', 'behaviors', (org, behavior, random) =>
    org.updateSetting('behaviors', behavior.id, { name: `Behavior ${random.below(1000)}` }),
  ),
  changeSetting('API token revoked', 'api-tokens', (org, token) => org.revokeApiToken(token.id)),
  {
    name: 'ThreatInsight changed',
    apply: (org, random) => {
      org.updateThreatInsight({ action: random.pick(['none', 'audit', 'block']) });
      return true;
    },
  },
];
