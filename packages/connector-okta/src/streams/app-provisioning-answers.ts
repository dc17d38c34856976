import type { JsonObject } from '@castellan/connector-sdk';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { mapAppProvisioning } from '../map/app-provisioning.js';
import { PROVISIONING_CALLS } from '../plan/formula.js';
import type { PartPage } from './fan-out.js';
import { isNotOffered } from './offer.js';
import { segment } from './parts.js';

/** @param hint of the application */
export async function provisioningOf(
  client: OktaClient,
  application: string,
  hint: JsonObject | undefined,
  priority: 'normal' | 'low',
): Promise<PartPage<'app_provisioning'>> {
  const app = `/api/v1/apps/${segment(application)}`;
  const [features, connection] = await Promise.all([
    featuresAt(client, `${app}/features`, priority),
    connectionAt(client, `${app}/connections/default`, priority),
  ]);
  if (features === 'gone') return { records: [], rejected: [], next: undefined, calls: PROVISIONING_CALLS };
  const record = mapAppProvisioning({ features, connection, imports: hint?.['imports'] === true }, application, client.drift);
  return { records: record === null ? [] : [record], rejected: [], next: undefined, calls: PROVISIONING_CALLS };
}

/** `null`: Okta answers with an error where provisioning is not switched on (400, E0000001). */
async function featuresAt(
  client: OktaClient,
  url: string,
  priority: 'normal' | 'low',
): Promise<readonly unknown[] | null | 'gone'> {
  try {
    const response = await client.find({ url, priority });
    return response === undefined ? 'gone' : listOf(response, url).items;
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    return null;
  }
}

/** `null` also for an application that was deleted meanwhile: its features say so. */
async function connectionAt(client: OktaClient, url: string, priority: 'normal' | 'low'): Promise<unknown> {
  try {
    return (await client.find({ url, priority }))?.body ?? null;
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    return null;
  }
}
