import {
  type ActionGrants,
  type AnyConnectorError,
  type ConnectionCheck,
  type ConnectionReport,
  type ConnectorContext,
  ConnectorError,
  type StreamInfo,
} from '@castellan/connector-sdk';
import { grantsIn } from '../actions/action-grants.js';
import { OktaClient } from '../client/okta-client.js';
import type { Organisation } from '../client/organisation.js';
import type { OktaConfig } from '../config/okta-config.js';
import { selectionOf } from '../config/selection.js';
import { ACTION_SCOPES, wantedScopes } from '../config/scopes.js';
import { clockRow } from './clock-row.js';
import { problemRow } from './problem-row.js';
import { Probing } from './probing.js';
import { groups } from './proofs.js';
import { scopeRowName, scopeRows } from './scope-rows.js';
import { streamRowName, streamRows, streamsToProbe } from './stream-rows.js';

type Probe = (client: OktaClient, context: ConnectorContext<OktaConfig>) => Promise<ConnectionReport>;

/**
 * The connection test: organisation, clock, credential, DPoP, scopes, streams and limits, in the order in which a customer has to
 * mend them. At most 14 calls with the six scopes, one more with actions, so that it spends little of what a sync under way lives on.
 */
export function probeOf(streams: readonly StreamInfo[]): Probe {
  return async (client, context) => {
    const { config } = context;
    const probed = streamsToProbe(streams, config);
    const later = [...wantedScopes(config, true).map(scopeRowName), ...probed.map(streamRowName)];
    const found = await attempt(() => client.organisation());
    // Nobody answers there: most often the domain was misspelt.
    if ('error' in found) {
      const rows = notTried(['clock', 'credential', 'DPoP', ...later], 'Not tried: no Okta organisation answers.');
      return { tenant: null, checks: [problemRow('organisation', found.error, 'connection', 'domain'), ...rows] };
    }
    const organisation = found.value;
    const host = new URL(config.domain).host;
    const tenant = { id: organisation.id, displayName: host };
    const probing = new Probing(client);
    const credential = await attempt(() => checkCredential(client, config, probing));
    const signedInVain = 'error' in credential && isSigned(config, credential.error);
    const first = [organisationRow(organisation, host), clockRow(organisation.clockSkewMs, signedInVain)];
    if ('error' in credential) {
      const rows = notTried(['DPoP', ...later], 'Not tried: the credential does not work.');
      return { tenant, checks: [...first, problemRow('credential', credential.error, 'connection'), ...rows] };
    }
    const { message, granted, dpop } = credential.value;
    const forActions = await actionRows(context, granted);
    const checks = [
      ...first,
      { name: 'credential', status: 'ok' as const, message },
      dpop,
      ...scopeRows(wantedScopes(config), granted),
      ...forActions.rows,
      ...selectionRows(config),
      ...(await streamRows(probed, config, granted, probing)),
    ];
    return {
      tenant,
      checks: [...checks, ...probing.limits.rows(config.rateLimitShare)],
      ...(forActions.grants !== null && { actionGrants: forActions.grants }),
    };
  };
}

interface ForActions {
  readonly rows: readonly ConnectionCheck[];
  /** `null`: not known. */
  readonly grants: ActionGrants | null;
}

/** The scopes for actions are not in the token of a sync: to see what is granted takes one of its own. */
async function actionRows(context: ConnectorContext<OktaConfig>, granted: readonly string[] | null): Promise<ForActions> {
  if (!context.config.actions) return { rows: [], grants: null };
  if (granted === null) return { rows: scopeRows(ACTION_SCOPES, null), grants: null };
  const forActions = new OktaClient({ ...context, action: 'test' });
  const found = await attempt(() => forActions.grantedScopes());
  if ('error' in found)
    return { rows: ACTION_SCOPES.map((scope) => problemRow(scopeRowName(scope), found.error, 'stream')), grants: null };
  const rows = scopeRows(ACTION_SCOPES, found.value);
  const grants = grantsIn(found.value);
  // To let only some things be changed is a choice; with none of them the switch means nothing.
  if (rows.every(({ status }) => status === 'failed')) return { rows, grants };
  const chosen = rows.map(
    (row): ConnectionCheck =>
      row.status === 'failed' ? { name: row.name, status: 'skipped', message: row.message ?? '' } : row,
  );
  return { rows: chosen, grants };
}

interface CredentialState {
  readonly message: string;
  /** `null`: Okta does not say. */
  readonly granted: readonly string[] | null;
  readonly dpop: ConnectionCheck;
}

/** A token is good or bad when it is used; a client's credential when it is exchanged. */
async function checkCredential(client: OktaClient, config: Readonly<OktaConfig>, probing: Probing): Promise<CredentialState> {
  if (config.auth.method !== 'api_token') {
    const granted = await client.grantedScopes();
    const bound = (await client.tokenScheme()) === 'DPoP';
    const message = bound
      ? 'Needed: Okta binds the access token to a key that this connection has made.'
      : 'Not needed: the access token is not bound to a key.';
    return { message: 'Okta has issued an access token.', granted, dpop: { name: 'DPoP', status: 'ok', message } };
  }
  const read = await attempt(() => probing.prove(groups));
  // Anything but a refusal of the token itself: whoever may not read groups is known to Okta all the same.
  if ('error' in read && read.error.kind !== 'permission') throw read.error;
  return {
    message: 'Okta accepts the token. It can do what the administrator who made it can.',
    granted: null,
    dpop: { name: 'DPoP', status: 'skipped', message: "Does not apply to an administrator's token." },
  };
}

/** Whether a time was signed in what Okta has refused: in the assertion of a key, or in the proof that goes with every credential. */
function isSigned({ auth }: Readonly<OktaConfig>, { kind, detail }: AnyConnectorError): boolean {
  return kind === 'auth' && (auth.method === 'private_key' || /dpop_proof/.test(detail ?? ''));
}

function organisationRow({ id, engine, linkHosts }: Organisation, host: string): ConnectionCheck {
  const others = linkHosts.length === 0 ? '' : `, also at ${linkHosts.join(', ')}`;
  return { name: 'organisation', status: 'ok', message: `${host}, id ${id}, ${engineName(engine)}${others}` };
}

function selectionRows(config: Readonly<OktaConfig>): readonly ConnectionCheck[] {
  const left = selectionOf(config).describe();
  return left.length === 0 ? [] : [{ name: 'selection', status: 'ok', message: left.join(' ') }];
}

/** The outcome of one step. Only a stop of the whole test, and a mistake of ours, come through. */
async function attempt<T>(run: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: AnyConnectorError }> {
  try {
    return { value: await run() };
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'aborted' || known.kind === 'internal') throw known;
    return { error: known };
  }
}

function notTried(names: readonly string[], message: string): readonly ConnectionCheck[] {
  return names.map((name) => ({ name, status: 'skipped' as const, message }));
}

function engineName(engine: string | null): string {
  if (engine === 'idx') return 'Identity Engine';
  return engine === 'v1' ? 'Classic Engine' : 'engine not named';
}
