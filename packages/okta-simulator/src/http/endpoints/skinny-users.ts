import type { JsonObject } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { arrayReply, readKeyedPage, readPage, storedReply } from '../paging.js';
import { appOf } from './apps.js';
import { groupOf } from './groups.js';

function listGroupUsers(request: EndpointRequest): Reply {
  const { directory } = request.org;
  const members = request.lag.members(request.org, groupOf(request).id);
  const users = request.lag.users(request.org);
  const size = { default: 1000, max: 10_000 };
  const page = readPage(request, size, (after, limit) => members.page(after, limit));
  const items = page.items.flatMap((userId) => users.get(userId) ?? []).map((user) => directory.skinnyUser(user));
  return storedReply(request, { ...page, items });
}

function listAppUsers(request: EndpointRequest): Reply {
  const { org } = request;
  const app = appOf(request);
  const size = { default: 50, max: 500 };
  const page = readKeyedPage(request, size, request.lag.appUsers(org, app.id), ({ userId }) => userId);
  const items = page.items.map((assignment): JsonObject => {
    const { id, scope, status, created, lastUpdated, _links } = org.appUser(app, assignment);
    return { id, scope, status, created, lastUpdated, profile: {}, _links };
  });
  return arrayReply(request, { ...page, items });
}

/**
 * Who is in a group or assigned to an app, without anybody's profile. Okta has these paths but describes them nowhere, so
 * they are served on request only; sizes and shapes here are what clients in the field were seen to rely on.
 */
export const skinnyUserEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/groups/{groupId}/skinny_users', scopes: ['okta.groups.read'], handle: listGroupUsers },
  { template: '/api/v1/apps/{appId}/skinny_users', scopes: ['okta.apps.read'], handle: listAppUsers },
];
