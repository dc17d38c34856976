import type { ConnectionReport, Connector } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import type { Storage } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { configField } from '../problems/problem.js';

/** Connecting one organisation twice is allowed, with other settings for one; done by mistake it reads and counts all twice. */
export async function sameOrganisationHints(
  storage: Storage,
  { workspaceId, permissions }: Caller,
  connector: Connector,
  { tenant }: ConnectionReport,
): Promise<readonly FieldHint[]> {
  if (tenant === null) return [];
  const names = await storage.integrations.namesOfTenant(workspaceId, connector.id, tenant.id);
  if (names.length === 0) return [];
  // A key may be allowed to make integrations and not to see those that there are.
  const shown = permissions.has('integrations:read') ? `, as ${names.map((name) => `"${name}"`).join(', ')}` : '';
  const message = `This organisation is connected already${shown}. A second integration reads and counts it once more; to give the first one new settings, edit it or connect it again.`;
  return [{ field: configField(''), message }];
}
