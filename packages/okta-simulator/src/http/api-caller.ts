import { makeId } from '../generator/ids.js';
import type { OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { Circumstances } from '../org/org-state.js';
import type { EventParty } from '../system-log/event.js';
import type { EndpointRequest } from './endpoint.js';

/** Far above the numbers of the org's own tokens. */
const OWN_TOKEN = 499_999_998;

/**
 * What the System Log says of a change over the API: a client's token acts as the client, an API token as the person who made
 * it, and that it was a token stands in the transaction.
 */
export function circumstancesOf(request: EndpointRequest, requestId: string): Circumstances {
  const { org, caller, headers, path, query } = request;
  const url = query.size > 0 ? `${path}?${query.toString()}` : path;
  const raw = headers['user-agent'] ?? 'unknown';
  const how = {
    agent: { raw, os: 'Unknown', browser: 'UNKNOWN', device: 'Unknown' },
    transactionId: requestId,
    debugData: { requestId, requestUri: path, url },
  };
  if (caller.id !== 'ssws') return { ...how, actor: clientParty(org, caller.id) };
  const owner = tokenOwner(org);
  return { ...how, ...(owner && { actor: org.userParty(owner) }), apiTokenId: makeId('00T', org.settings.seed, OWN_TOKEN) };
}

function clientParty(org: Org, clientId: string): EventParty {
  const label = textAt(org.applications.apps.get(clientId), 'label') ?? clientId;
  return { id: clientId, type: 'PublicClientApp', alternateId: clientId, displayName: label };
}

/** Whose the API token is: a token for everything can only be a super administrator's. */
export function tokenOwner(org: Org): OktaObject | undefined {
  for (const id of org.administration.holders('user')) {
    const roles = [...org.administration.assignments({ kind: 'user', id }).values()];
    const user = org.directory.users.get(id);
    if (user && roles.some(({ object }) => object['type'] === 'SUPER_ADMIN')) return user;
  }
  return undefined;
}
