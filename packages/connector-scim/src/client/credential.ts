import type { HttpHeaders } from '@castellan/connector-sdk';
import type { ScimAuth } from '../config/scim-auth.js';
import { basic, TokenSource, type TokenSourceOptions } from './token-source.js';

/** Whatever lets this connection speak to the service. */
export interface Credential {
  /** Headers for one attempt. @throws ConnectorError that names the field to mend. */
  authorize(): Promise<HttpHeaders>;
  /** After a 401: `true` when one more attempt is worth it. */
  renew(): Promise<boolean>;
  /** After the last refusal: what was refused must not outlive this run. */
  forget(): void;
  /** What no error may quote. */
  readonly secrets: readonly string[];
}

/** @param tokenOptions called only where tokens are issued. */
export function credentialFor(auth: ScimAuth, tokenOptions: () => Omit<TokenSourceOptions, 'auth'>): Credential {
  if (auth.method === 'bearer') return fixed(`Bearer ${auth.token}`, auth.token);
  if (auth.method === 'basic') return fixed(basic(auth.username, auth.password), auth.password);
  const source = new TokenSource({ ...tokenOptions(), auth });
  return {
    authorize: async () => ({ authorization: `Bearer ${await source.current()}` }),
    renew: () => source.renew(),
    forget: () => source.forget(),
    get secrets() {
      return source.secrets;
    },
  };
}

function fixed(authorization: string, secret: string): Credential {
  return {
    authorize: () => Promise.resolve({ authorization }),
    renew: () => Promise.resolve(false),
    forget: () => undefined,
    secrets: [secret, authorization.split(' ')[1] ?? authorization],
  };
}
