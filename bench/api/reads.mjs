/** The ten reads that a web page and a product ask for most, each with the same question asked of the storage package directly. */
import { DEFAULT_WORKSPACE_ID as WORKSPACE } from '@castellan/storage';

const DEEP_PAGES = 250;

export async function tenReads(host, integrationId) {
  const at = `/integrations/${integrationId}`;
  const { items: runs } = await host.call('GET', `${at}/runs?limit=1`);
  const { cursor, key } = await deepIn(host, `${at}/records/account`);
  const query = { limit: 100 };
  return [
    read('integrations', '/integrations', ({ integrations }) => integrations.list(WORKSPACE)),
    read('integration', at, ({ records }) => records.counts(WORKSPACE, integrationId)),
    read('runs', `${at}/runs`, ({ runs: all }) => all.list(WORKSPACE, { integrationId, limit: 20 })),
    read('run', `${at}/runs/${runs[0].id}`, ({ runs: all }) => all.get(WORKSPACE, runs[0].id)),
    read('accounts', `${at}/records/account`, ({ records }) => records.list(WORKSPACE, integrationId, 'account', query)),
    read('accounts, deep in', `${at}/records/account?cursor=${cursor}`, ({ records }) =>
      records.list(WORKSPACE, integrationId, 'account', { ...query, after: key }),
    ),
    read('account', `${at}/records/account/${key}`, ({ records }) => records.get(WORKSPACE, integrationId, 'account', key)),
    read('memberships', `${at}/records/membership`, ({ records }) =>
      records.list(WORKSPACE, integrationId, 'membership', query),
    ),
    read('holds', `${at}/holds`, ({ holds }) => holds.list(WORKSPACE, { integrationId })),
    read('connector', '/connectors/okta', undefined),
  ];
}

function read(name, path, directly) {
  return { name, path, directly };
}

/** Walks as a caller would; a cursor is nothing that can be made up. */
async function deepIn(host, path) {
  let page = await host.call('GET', `${path}?limit=200`);
  for (let pages = 1; pages < DEEP_PAGES && page.next !== null; pages += 1) {
    const next = await host.call('GET', `${path}?limit=200&cursor=${page.next}`);
    if (next.next === null) break;
    page = next;
  }
  return { cursor: page.next, key: page.items.at(-1).key };
}
