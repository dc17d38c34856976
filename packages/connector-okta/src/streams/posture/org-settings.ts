import type { HttpResponse } from '@castellan/connector-sdk';
import { unexpectedBody } from '../../client/api-errors.js';
import { BUCKETS } from '../../client/buckets.js';
import { type OktaList, pathOf } from '../../client/okta-client.js';
import { isObject } from '../../map/is-object.js';
import { mapOrganisation, mapThreatInsight } from '../../map/org-setting.js';
import { parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { POSTURE } from './posture-pack.js';

export const threatInsight = oktaStream({
  name: 'threat-insight',
  kind: 'org_setting',
  pack: POSTURE,
  requires: ['okta.threatInsights.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'org_setting'>(args, {
      cost: { stream: 'threat-insight', bucket: BUCKETS.rest },
      first: { url: '/api/v1/threats/configuration' },
      unwrap: onlyOne,
      map: (item) => mapThreatInsight(item, args.client.drift),
    }),
});

/** The organisation's name, address and state; neither its contacts nor its preferences. */
export const organisation = oktaStream({
  name: 'organisation',
  kind: 'org_setting',
  pack: POSTURE,
  requires: ['okta.orgs.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'org_setting'>(args, {
      cost: { stream: 'organisation', bucket: BUCKETS.rest },
      first: { url: '/api/v1/org' },
      unwrap: onlyOne,
      map: (item) => mapOrganisation(item, args.client.drift),
    }),
});

/** Okta answers with the object itself. */
function onlyOne(response: HttpResponse, url: string): OktaList {
  const body: unknown = response.body;
  if (!isObject(body)) throw unexpectedBody(pathOf(url), typeof body);
  return { items: [body], next: undefined };
}
