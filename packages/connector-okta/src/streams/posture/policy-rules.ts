import { BUCKETS } from '../../client/buckets.js';
import { mapPolicyRule } from '../../map/policy.js';
import { parseFanOutCursor } from '../cursors.js';
import { fanOut } from '../fan-out.js';
import { oktaStream } from '../okta-stream.js';
import { partPage, segment } from '../parts.js';
import { POSTURE } from './posture-pack.js';

/** Rules of each policy, which decide; the policy around them only says for whom. */
export const policyRules = oktaStream({
  name: 'policy-rules',
  kind: 'policy_rule',
  pack: POSTURE,
  dependsOn: ['policies'],
  requires: ['okta.policies.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'policy_rule'>(args, {
      cost: { stream: 'policy-rules', bucket: BUCKETS.rest },
      parents: 'policy',
      list: (policy, next) => {
        const first = { url: `/api/v1/policies/${segment(policy.key)}/rules` };
        return partPage(args.client, first, next, (item) => mapPolicyRule(item, policy.key, args.client.drift, policy.hint));
      },
    }),
});
