import type { Org } from '../org/org.js';
import type { GeneratorPlan } from './plan.js';
import { DAY } from './plan.js';

/** Settings of the whole org, each by itself: support has been let in, and whatever is made in the console may do everything. */
export function generateOrgSettings(org: Org, plan: GeneratorPlan): void {
  const settings = org.list('org');
  const expiration = new Date(plan.epoch + 5 * DAY).toISOString();
  const support = `${org.links.base}/api/v1/org/privacy/oktaSupport`;
  settings.set('support', {
    support: 'ENABLED',
    expiration,
    caseNumber: null,
    _links: {
      extend: { href: `${support}/extend`, hints: { allow: ['POST'] } },
      revoke: { href: `${support}/revoke`, hints: { allow: ['POST'] } },
    },
  });
  settings.set('third-party-admins', { thirdPartyAdmin: true });
  settings.set('client-privileges', { clientPrivilegesSetting: true });
  settings.set('admin-console', { sessionIdleTimeoutMinutes: 30, sessionMaxLifetimeMinutes: 720 });
}
