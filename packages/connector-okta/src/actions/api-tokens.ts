import { textAt } from '../client/api-errors.js';
import { ApiTokenInput } from './inputs.js';
import { oktaAction, remove, requireId, touched, wholeOf } from './okta-action.js';
import { refuseOwnToken } from './own-connection.js';

export const revokeApiToken = oktaAction({
  name: 'revoke-api-token',
  title: 'Revoke API token',
  summary: 'Whoever has the token cannot use it any more.',
  subject: 'api_token',
  effect: 'destructive',
  purpose: 'contain',
  undo: null,
  requires: ['okta.apiTokens.manage'],
  input: ApiTokenInput,
  look: async ({ client, input }) => {
    const path = `/api/v1/api-tokens/${requireId(input.apiToken, 'apiToken')}`;
    const found = (await client.find({ url: path }))?.body;
    if (found !== undefined) await refuseOwnToken(client, textAt(found, 'userId') ?? null);
    const name = textAt(found, 'name') ?? input.apiToken;
    return {
      state: found === undefined ? 'done' : 'open',
      seen: textAt(found, 'userId') ?? null,
      calls: found === undefined ? [] : [remove(path)],
      touches: [touched('api_token', input.apiToken, name)],
      consequences: [
        'Every program that uses it stops at once. It cannot be taken back: a new token has to be made and given to them.',
      ],
      outcome: `The API token ${name} is revoked.`,
      stale: [wholeOf('api-tokens')],
    };
  },
});
