import {
  type ActionCall,
  type ActionInfo,
  type ActionLack,
  type ActionTouch,
  type AnyAction,
  ConfigError,
  ConnectorError,
  defineAction,
  PermissionError,
  type PlanArgs,
  type Scope,
  type SeenPlan,
  type Stale,
} from '@castellan/connector-sdk';
import type { ConfigClass } from '@castellan/form-schema';
import { isScopeError } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { ConflictError } from '../client/write-errors.js';
import type { ActionScope } from '../config/scopes.js';
import { isWellFormedId } from '../map/ids.js';
import { type ActionName, BY_HAND } from './by-hand.js';

/** What a look at Okta has found. */
export type Looked = Omit<SeenPlan, 'stale' | 'undo'> &
  Partial<Pick<SeenPlan, 'undo'>> & {
    /** Parts of streams that are different then. */
    readonly stale: readonly Part[];
  };

export type Part = Pick<Stale, 'stream' | 'scope'>;

/** What is written for one action: all that it sends stands in its plan. */
export interface OktaAction<Input extends object> extends Omit<ActionInfo, 'name' | 'requires' | 'byHand' | 'input'> {
  readonly name: ActionName;
  readonly requires: readonly ActionScope[];
  readonly input: ConfigClass<Input>;
  /** Where a call replaces a whole object: sent again, it would write over what somebody has changed in between. */
  readonly sentOnce?: true;
  look(args: PlanArgs<OktaClient, Input>): Promise<Looked>;
}

const action = defineAction<OktaClient>();

/** An action that sends what its plan says, and nothing else. */
export function oktaAction<Input extends object>({ look, sentOnce, ...info }: OktaAction<Input>): AnyAction<OktaClient> {
  return action<Input>({
    ...info,
    byHand: BY_HAND[info.name],
    plan: async (args) => {
      const at = args.client.now().toISOString();
      const {
        stale,
        undo = null,
        ...looked
      } = await look(args).catch(async (error: unknown) => {
        throw await unseen(args.client, info.requires, error);
      });
      // What is so already comes to nothing else.
      const consequences = looked.state === 'done' ? [] : looked.consequences;
      const lacks = await lackOf(args.client, info.requires);
      return {
        ...looked,
        consequences,
        undo,
        stale: stale.filter(isRead(args.client)).map((part) => ({ ...part, at })),
        ...(lacks !== undefined && { lacks }),
      };
    },
    run: async ({ plan, ...args }) => {
      const { client, signal } = args;
      for (const call of plan.calls) {
        signal.throwIfAborted();
        await client.write(call, sentOnce !== true && call.method !== 'POST').catch(async (error: unknown) => {
          // There is such a thing already: that is success where it is what was wanted. Lists may not show it yet.
          const now =
            error instanceof ConflictError ? await look({ ...args, since: undefined }).catch(() => undefined) : undefined;
          if (now?.state !== 'done') throw error;
        });
      }
      return undefined;
    },
  });
}

/** Why this connection can look, and not do it: without the switch no right to change anything is even asked for. */
async function lackOf(client: OktaClient, requires: readonly ActionScope[]): Promise<ActionLack | undefined> {
  if (client.config.actions) {
    const problem = await client.scopeProblem(requires, 'try');
    return problem === undefined ? undefined : { message: problem.message, missing: problem.missing };
  }
  const isByApp = client.config.auth.method !== 'api_token';
  const grant = isByApp ? `, and grant ${requires.join(', ')} in Okta (Applications > the app > Okta API Scopes)` : '';
  const message = `Nothing may be changed in Okta with these settings: switch "Actions in Okta" on${grant}.`;
  return { message, missing: isByApp ? requires : [] };
}

/** Where the look lacks a scope, too, the one that the action needs shows it as well: that is asked for, and not two. */
async function unseen(client: OktaClient, requires: readonly ActionScope[], error: unknown): Promise<unknown> {
  if (!ConnectorError.is(error) || !isScopeError(error)) return error;
  const lacks = await lackOf(client, requires);
  return lacks === undefined || lacks.missing.length === 0 ? error : new PermissionError({ ...lacks, cause: error });
}

/** Streams that these settings leave out have no rows that could be stale. */
const SWITCHED: Readonly<Record<string, (client: OktaClient) => boolean>> = {
  'api-tokens': ({ config }) => config.posture,
  'network-zones': ({ config }) => config.posture,
  'client-secrets': ({ config }) => config.secretAges,
  'token-grants': ({ config }) => config.eachAccount,
  'account-devices': ({ config }) => config.eachAccount,
  authenticators: ({ config }) => !config.skipFactors,
};

const isRead =
  (client: OktaClient) =>
  ({ stream }: Part): boolean =>
    SWITCHED[stream]?.(client) ?? true;

export const part = (stream: string, field: Scope['field'], value: string): Part => ({ stream, scope: { field, value } });
export const wholeOf = (stream: string): Part => ({ stream });

export const post = (path: string, body?: ActionCall['body']): ActionCall => ({
  method: 'POST',
  path,
  ...(body !== undefined && { body }),
});
export const put = (path: string, body?: ActionCall['body']): ActionCall => ({
  method: 'PUT',
  path,
  ...(body !== undefined && { body }),
});
export const remove = (path: string): ActionCall => ({ method: 'DELETE', path });

/** In a plan: the subject, then what it is in or at, then whose it is. */
export const touched = (kind: ActionTouch['kind'], key: string, name: string): ActionTouch => ({ kind, key, name });

/** An id becomes a part of a path. @throws ConfigError */
export function requireId(id: string, field: string): string {
  // An empty one would ask for the list that it stands in.
  if (id === '' || !isWellFormedId(id)) throw new ConfigError({ field, message: 'Is not an ID of Okta.' });
  return encodeURIComponent(id);
}

export const noSuch = (what: string, field: string): ConfigError =>
  new ConfigError({ field, message: `There is no such ${what} in Okta.` });
