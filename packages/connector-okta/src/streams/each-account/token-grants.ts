import { BUCKETS } from '../../client/buckets.js';
import { refreshTokenGrants } from '../../refresh/each-account.js';
import { parseFanOutCursor } from '../cursors.js';
import { fanOut } from '../fan-out.js';
import { Offer } from '../offer.js';
import { oktaStream } from '../okta-stream.js';
import { EACH_ACCOUNT } from './each-account-pack.js';
import { tokensOf } from './token-list.js';

/** Programs that may act for people without asking them again: what is known of their tokens, never a token. */
export const tokenGrants = oktaStream({
  name: 'token-grants',
  kind: 'token_grant',
  pack: EACH_ACCOUNT,
  dependsOn: ['accounts'],
  requires: ['okta.users.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFanOutCursor,
  read: (args) => {
    const offer = new Offer(args.client, 'tokens of accounts');
    return fanOut<'token_grant'>(args, {
      cost: { stream: 'token-grants', bucket: BUCKETS.users },
      parents: 'account',
      wanted: (hint) => hint?.['status'] !== 'deprovisioned',
      list: async ({ key }) => {
        const page = await offer.ask(() => tokensOf(args.client, key, 'low'));
        return page === 'not offered' ? 'gone' : page;
      },
    });
  },
  refresh: refreshTokenGrants,
});
