import { SUSPEND, takeRoleAway } from './answers.js';
import { actorOf } from './at-the-provider.js';
import type { Attack } from './attack.js';

/** By people who may be there, or in their name. */
export const insiders: readonly Attack[] = [
  { name: 'passwords-revealed', about: actorOf('application.user_membership.show_password'), ...takeRoleAway() },
  { name: 'data-exported', about: actorOf('workflows.user.flow.export'), ...SUSPEND },
  { name: 'protections-loosened', about: actorOf('zone.delete'), ...takeRoleAway() },
];
