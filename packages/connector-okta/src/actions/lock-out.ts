import type { OktaClient } from '../client/okta-client.js';
import { refuseOwnAccount } from './own-connection.js';
import { keepSuperAdministrator } from './super-administrators.js';

/**
 * Of an account that could not sign in any more.
 * @returns for the consequences: who is left, where it is a Super Administrator
 * @throws ConfigError where this connection lives by it, or where it is the last Super Administrator
 */
export async function whoIsLeftWithout(client: OktaClient, account: string, field = 'account'): Promise<readonly string[]> {
  await refuseOwnAccount(client, account, field);
  return keepSuperAdministrator(client, account, field);
}
