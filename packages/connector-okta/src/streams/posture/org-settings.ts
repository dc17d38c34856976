import type { AnyStream, HttpResponse, SourceRecord } from '@castellan/connector-sdk';
import { unexpectedBody } from '../../client/api-errors.js';
import { BUCKETS } from '../../client/buckets.js';
import { type OktaClient, type OktaList, pathOf } from '../../client/okta-client.js';
import type { Drift } from '../../map/drift.js';
import { isObject } from '../../map/is-object.js';
import {
  mapAdministrationConsole,
  mapNewPrograms,
  mapOrganisation,
  mapSupportAccess,
  mapThirdPartyAdministrators,
  mapThreatInsight,
} from '../../map/org-setting.js';
import { parseListCursor } from '../cursors.js';
import { listPages } from '../listing.js';
import { oktaStream } from '../okta-stream.js';
import { POSTURE } from './posture-pack.js';

/** Reads settings that Okta answers as one object. */
type Area = (value: unknown, drift: Drift) => SourceRecord<'org_setting'> | null;

export const threatInsight = areaStream(
  'threat-insight',
  'okta.threatInsights.read',
  '/api/v1/threats/configuration',
  mapThreatInsight,
);

/** The organisation's name, address and state; neither its contacts nor its preferences. */
export const organisation = areaStream('organisation', 'okta.orgs.read', '/api/v1/org', mapOrganisation);

/** For a Super Administrator only, as Okta's description says. */
export const supportAccess = areaStream(
  'support-access',
  'okta.orgs.read',
  '/api/v1/org/privacy/oktaSupport',
  mapSupportAccess,
);

export const thirdPartyAdministrators = areaStream(
  'third-party-administrators',
  'okta.orgs.read',
  '/api/v1/org/orgSettings/thirdPartyAdminSetting',
  mapThirdPartyAdministrators,
);

export const newPrograms = areaStream(
  'new-programs',
  'okta.orgs.read',
  '/api/v1/org/settings/clientPrivilegesSetting',
  mapNewPrograms,
);

/** For a Super Administrator only. */
export const administrationConsole = areaStream(
  'administration-console',
  'okta.apps.read',
  '/api/v1/first-party-app-settings/admin-console',
  mapAdministrationConsole,
);

function areaStream(name: string, scope: string, url: string, map: Area): AnyStream<OktaClient> {
  return oktaStream({
    name,
    kind: 'org_setting',
    pack: POSTURE,
    requires: [scope],
    semantics: 'snapshot',
    parseCursor: parseListCursor,
    read: (args) =>
      listPages<'org_setting'>(args, {
        cost: { stream: name, bucket: BUCKETS.rest },
        first: { url },
        unwrap: onlyOne,
        map: (item) => map(item, args.client.drift),
      }),
  });
}

/** Okta answers with the object itself. */
function onlyOne(response: HttpResponse, url: string): OktaList {
  const body: unknown = response.body;
  if (!isObject(body)) throw unexpectedBody(pathOf(url), typeof body);
  return { items: [body], next: undefined };
}
