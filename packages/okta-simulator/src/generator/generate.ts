import type { Org } from '../org/org.js';
import { consentsFor, devicesFor, refreshTokensFor, tokenClients } from './account-access.js';
import { GeneratedActivity } from './activity.js';
import { generateAdministration } from './administration.js';
import { generateAppCredentials } from './app-credentials.js';
import { generateApps, generatedAppUser } from './applications.js';
import { factorsFor } from './factors.js';
import { generateGroups } from './groups.js';
import { generateIdentityProviders } from './identity-providers.js';
import { generatePeople } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { generateProvisioning } from './provisioning.js';
import { generateSettings } from './settings.js';

/** Fills an empty org. The same plan gives the same org, ids included. */
export function generateOrg(org: Org, plan: GeneratorPlan): void {
  generatePeople(org, plan);
  generateApps(org, plan);
  generateGroups(org, plan);
  generateProvisioning(org, plan);
  generateAppCredentials(org, plan);
  generateAdministration(org, plan);
  generateSettings(org, plan);
  if (plan.users > 0) generateIdentityProviders(org, plan);
  org.renderAppUsersWith((app, user, viaGroup) => generatedAppUser(org, plan, app, user, viaGroup));
  org.factors.deriveWith((user) => factorsFor(org, plan, user));
  org.devices.deriveWith((user) => devicesFor(org, plan, user));
  const clients = tokenClients(org);
  org.refreshTokens.deriveWith((user) => refreshTokensFor(org, plan, clients, user));
  org.consents.deriveWith((user) => consentsFor(org, plan, clients, user));
  org.log.startWith(new GeneratedActivity(org, plan));
}
