import { deactivateApplication, revokeToken, SUSPEND, takeRoleAway } from './answers.js';
import { actorOf, passwordPushOf, targetOf } from './at-the-provider.js';
import type { Attack } from './attack.js';

const grant = 'user.account.privilege.grant';

export const applications: readonly Attack[] = [
  {
    name: 'rogue-password-push',
    about: actorOf('application.lifecycle.create'),
    subject: /Directory mirror/,
    part: /Provisioning/,
    action: 'Stop writing passwords',
    seen: passwordPushOf('Directory mirror'),
    after: 'DISABLED',
    undo: { action: 'Write passwords again', isHeavy: true },
  },
  // By it the agent speaks to the provider. The directory itself stays: people sign in by it.
  {
    name: 'agent-with-delegated-authentication',
    about: actorOf('system.agent.ad.create'),
    ...revokeToken('AD agent WIN-7F3K2'),
  },
  { name: 'signing-key-cloned', about: actorOf('app.keys.clone'), ...deactivateApplication('Sandbox') },
  {
    name: 'client-made-super-administrator',
    about: actorOf('app.oauth2.client.privilege.grant'),
    ...deactivateApplication('Report sync'),
  },
  { name: 'token-for-anywhere', about: actorOf('system.api_token.create'), ...revokeToken('monitoring') },
  // Nothing gives a policy its rule back from here: who has changed it is stopped.
  { name: 'policy-branch-promoted', about: actorOf('policy.branch.lifecycle.promote'), ...SUSPEND },
  // The accomplice's.
  { name: 'log-tampering', about: actorOf(grant), subject: /person · was acted on/, ...takeRoleAway(targetOf(grant)) },
];
