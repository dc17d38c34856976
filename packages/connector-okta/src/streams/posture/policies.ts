import type { ReadArgs, SyncedReader } from '@castellan/connector-sdk';
import { NotOfferedError } from '../../client/api-errors.js';
import { BUCKETS } from '../../client/buckets.js';
import type { OktaClient } from '../../client/okta-client.js';
import { mapPolicy } from '../../map/policy.js';
import { type FanOutCursor, parseFanOutCursor } from '../cursors.js';
import { fanOut, type PartPage } from '../fan-out.js';
import { oktaStream } from '../okta-stream.js';
import { partPage } from '../parts.js';
import { POSTURE } from './posture-pack.js';

const POLICIES = '/api/v1/policies';
const PAGE_SIZE = '200';

/**
 * Okta lists policies of one type only. `everywhere`: each organisation has it; the others came with the Identity Engine, or with a
 * product that an organisation may not have. By ascending type, as a fan-out wants its parts. Source: Okta management API, `PolicyType`;
 * `USER_LIFECYCLE`, the automations of the console, is listed without being documented.
 */
const TYPES: readonly { readonly type: string; readonly everywhere: boolean }[] = [
  { type: 'ACCESS_POLICY', everywhere: false },
  { type: 'CLIENT_UPDATE', everywhere: false },
  { type: 'DEVICE_SIGNAL_COLLECTION', everywhere: false },
  { type: 'ENTITY_RISK', everywhere: false },
  { type: 'IDENTITY_CLAIM_SOURCING', everywhere: false },
  { type: 'IDP_DISCOVERY', everywhere: false },
  { type: 'MFA_ENROLL', everywhere: true },
  { type: 'OKTA_SIGN_ON', everywhere: true },
  { type: 'PASSWORD', everywhere: true },
  { type: 'POST_AUTH_SESSION', everywhere: false },
  { type: 'PROFILE_ENROLLMENT', everywhere: false },
  { type: 'SESSION_VIOLATION_DETECTION', everywhere: false },
  { type: 'USER_LIFECYCLE', everywhere: false },
];

/** Policies of every type that the organisation has: a fan-out whose parts are the types. */
export const policies = oktaStream({
  name: 'policies',
  kind: 'policy',
  pack: POSTURE,
  requires: ['okta.policies.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args: ReadArgs<OktaClient, FanOutCursor>) =>
    fanOut<'policy'>(
      { ...args, synced: TYPES_AS_PARENTS },
      {
        cost: { stream: 'policies', bucket: BUCKETS.rest },
        parents: 'policy',
        list: ({ key }, next) => policiesOfType(args.client, key, next),
      },
    ),
});

const TYPES_AS_PARENTS: SyncedReader = {
  async *entries(_kind, after = '') {
    for (const { type } of TYPES) if (type > after) yield { key: type, hint: undefined };
  },
  async get() {
    return undefined;
  },
  async *where() {},
};

/**
 * A type that the organisation does not have is refused: 400, "Invalid policy type specified" (terraform-provider-okta, issue 1202).
 * That is no failure, or an organisation of the Classic Engine would never be read to the end.
 */
async function policiesOfType(client: OktaClient, type: string, next: string | undefined): Promise<PartPage<'policy'>> {
  const first = { url: POLICIES, query: { type, limit: PAGE_SIZE } };
  try {
    return await partPage(client, first, next, (item) => mapPolicy(item, type, client.drift));
  } catch (error) {
    const absent = error instanceof NotOfferedError && next === undefined;
    if (!absent || TYPES.some((known) => known.type === type && known.everywhere)) throw error;
    client.logger.info('policies of this type are not offered', { type, detail: error.detail });
    return 'gone';
  }
}
