import type { JsonObject } from '@castellan/connector-sdk';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { mapAppProvisioning } from '../map/app-provisioning.js';
import type { PartPage } from './fan-out.js';
import { isNotOffered } from './offer.js';
import { segment } from './parts.js';

const NOTHING = { records: [], rejected: [], next: undefined } as const;

/**
 * What is done, then where to. Okta answers the first with an error where provisioning is not switched on (400, E0000001), although
 * the application has features: then there is nothing, and the second is not asked.
 * @param hint of the application
 */
export async function provisioningOf(
  client: OktaClient,
  application: string,
  hint: JsonObject | undefined,
  priority: 'normal' | 'low',
): Promise<PartPage<'app_provisioning'>> {
  const app = `/api/v1/apps/${segment(application)}`;
  const answer = await answerAt(client, `${app}/features`, priority);
  if (answer === undefined) return NOTHING;
  const features = listOf(answer, `${app}/features`).items;
  const connection: unknown = (await answerAt(client, `${app}/connections/default`, priority))?.body ?? null;
  const record = mapAppProvisioning({ features, connection, imports: hint?.['imports'] === true }, application, client.drift);
  return { ...NOTHING, records: [record], calls: 2 };
}

/** `undefined` for what is gone, and for what the application does not have. */
async function answerAt(client: OktaClient, url: string, priority: 'normal' | 'low'): ReturnType<OktaClient['find']> {
  try {
    return await client.find({ url, priority });
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    return undefined;
  }
}
