import type { SyncedReader } from '@castellan/connector-sdk';

/** Okta names a client by its client id in some events; the application is known by its own. */
export async function applicationOf(synced: SyncedReader, id: string): Promise<string> {
  if ((await synced.get('application', id)) !== undefined) return id;
  for await (const { key, hint } of synced.entries('application')) if (hint?.['clientId'] === id) return key;
  return id;
}
