import { type ConnectionCheck, ConnectorError, defineConnector, turnOf } from '@castellan/connector-sdk';
import { AcmeClient, AcmeSettings } from './acme-client.js';
import { activity, groups, memberships, people } from './acme-streams.js';

// #region connector
export const connector = defineConnector<AcmeSettings, AcmeClient>({
  id: 'acme',
  displayName: 'Acme',
  config: AcmeSettings,
  connect: (context) => new AcmeClient(context),
  async probe(client, { config }) {
    const checks = [
      await row('permission people:read', () => client.people('')),
      await row('permission groups:read', () => client.groups(1)),
      await row('permission events:read', () => client.events('')),
    ];
    return { tenant: { id: config.domain, displayName: config.domain }, checks };
  },
  streams: [people, groups, memberships, activity],
});
// #endregion

// #region row
/** One read, as a row of the report: what a person can mend is said there and never thrown. */
async function row(name: string, read: () => Promise<unknown>): Promise<ConnectionCheck> {
  try {
    await read();
    return { name, status: 'ok', message: 'Readable.' };
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'aborted') throw known;
    const blocks = known.kind === 'permission' ? 'stream' : 'connection';
    const todo = 'Correct it in Acme, then test again.';
    return { name, status: 'failed', error: known.view(), blocks, turn: turnOf(known.kind), todo };
  }
}
// #endregion
