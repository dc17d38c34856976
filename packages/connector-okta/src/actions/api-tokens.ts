import { ConfigError } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { ApiTokenInput } from './inputs.js';
import { oktaAction, remove, requireId, touched, wholeOf } from './okta-action.js';
import { refuseOwnToken } from './own-connection.js';

/** A token begins like an ID and is twice as long: it must end up in no path, no plan and no log. @throws ConfigError */
function refuseToken(text: string): void {
  if (text.length < 40) return;
  throw new ConfigError({
    field: 'apiToken',
    message: 'Is the token itself. Give its ID, which Okta shows in the list of tokens.',
  });
}

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
    refuseToken(input.apiToken);
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
