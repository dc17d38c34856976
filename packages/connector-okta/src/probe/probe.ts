import {
  type ConnectionCheck,
  type ConnectionReport,
  type ConnectorContext,
  ConnectorError,
  type HttpResponse,
} from '@castellan/connector-sdk';
import { scopeError } from '../client/api-errors.js';
import { type OktaClient, listOf } from '../client/okta-client.js';
import type { OktaConfig } from '../config/okta-config.js';
import { noUsers } from '../streams/accounts.js';
import { wantedScopes } from '../streams/scopes.js';

interface Read {
  readonly name: string;
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly scope: string;
  /** What cannot be read when this cannot. Default: its stream. */
  readonly blocks?: 'connection';
  /** Throws when the answer, although a success, cannot be true. */
  readonly check?: (response: HttpResponse) => void;
}

/** One small call for each kind of data. */
const READS: readonly Read[] = [
  {
    name: 'read users',
    url: '/api/v1/users',
    query: { search: 'status pr', limit: '1' },
    scope: 'okta.users.read',
    // Granted and still not readable means that the admin role is missing: then the other lists are refused or empty, too.
    blocks: 'connection',
    check: (response) => {
      if (listOf(response, '/api/v1/users').items.length === 0) throw noUsers();
    },
  },
  { name: 'read groups', url: '/api/v1/groups', query: { limit: '1' }, scope: 'okta.groups.read' },
  { name: 'read apps', url: '/api/v1/apps', query: { limit: '1' }, scope: 'okta.apps.read' },
  { name: 'read roles', url: '/api/v1/iam/assignees/users', query: { limit: '1' }, scope: 'okta.roles.read' },
  { name: 'read identity providers', url: '/api/v1/idps', query: { limit: '1' }, scope: 'okta.idps.read' },
  { name: 'read system log', url: '/api/v1/logs', query: { limit: '1' }, scope: 'okta.logs.read' },
];

/** Organisation, credential, scopes and one read of each kind, in the order in which a customer has to mend them. */
export async function probe(client: OktaClient, context: ConnectorContext<OktaConfig>): Promise<ConnectionReport> {
  const checks: ConnectionCheck[] = [];
  const scopes = wantedScopes(client.config);
  const ask = async () => {
    const found = await client.organisation();
    return { value: found, message: `${new URL(client.config.domain).host}, id ${found.id}, ${engineName(found.engine)}` };
  };
  // Nobody answers there: most often the domain was misspelt.
  const organisation = await attempt(checks, 'organisation', 'connection', ask, 'domain');
  if (organisation === undefined) {
    checks.push(
      ...notTried(
        ['credential', ...scopeNames(scopes), ...READS.map(({ name }) => name)],
        'Not tried: no Okta organisation answers.',
      ),
    );
    return { tenant: null, checks };
  }
  const tenant = { id: organisation.id, displayName: new URL(client.config.domain).host };
  // A token is good or bad when it is used; a client's credential when it is exchanged.
  const credential = await attempt(checks, 'credential', 'connection', () => checkCredential(client, context));
  if (credential === undefined) {
    checks.push(
      ...notTried([...scopeNames(scopes), ...READS.map(({ name }) => name)], 'Not tried: the credential does not work.'),
    );
    return { tenant, checks };
  }
  checks.push(...scopeChecks(scopes, credential.scopes));
  for (const read of READS) {
    if (credential.scopes?.includes(read.scope) === false) {
      checks.push(...notTried([read.name], `Not tried: the scope ${read.scope} is not granted.`));
      continue;
    }
    await attempt(checks, read.name, read.blocks ?? 'stream', async () => {
      const response = await client.get({ url: read.url, ...(read.query !== undefined && { query: read.query }) });
      read.check?.(response);
      return { value: true };
    });
  }
  return { tenant, checks };
}

interface CredentialState {
  readonly scopes: readonly string[] | null;
}

async function checkCredential(
  client: OktaClient,
  { config }: ConnectorContext<OktaConfig>,
): Promise<{ readonly value: CredentialState; readonly message: string }> {
  if (config.auth.method !== 'api_token') {
    const scopes = await client.grantedScopes();
    return { value: { scopes }, message: 'Okta has issued an access token.' };
  }
  try {
    await client.get({ url: '/api/v1/groups', query: { limit: '1' } });
  } catch (error) {
    // Anything but a refusal of the token itself: whoever may not read groups is known to Okta all the same.
    if (!ConnectorError.is(error) || error.kind !== 'permission') throw error;
  }
  return { value: { scopes: null }, message: 'Okta accepts the token. It can do what the administrator who made it can.' };
}

function scopeChecks(scopes: readonly string[], granted: readonly string[] | null): readonly ConnectionCheck[] {
  if (granted === null)
    return notTried(scopeNames(scopes), 'Okta does not say: the rights are those of the administrator behind the token.');
  return scopes.map((scope): ConnectionCheck => {
    if (granted.includes(scope)) return { name: `scope ${scope}`, status: 'ok' };
    return { name: `scope ${scope}`, status: 'failed', error: scopeError([scope]).view(), blocks: 'stream' };
  });
}

/** Runs one check and writes its row. `field` is the setting to look at when the error itself names none. Only a stop of the whole run comes through. */
async function attempt<T>(
  checks: ConnectionCheck[],
  name: string,
  blocks: 'connection' | 'stream',
  run: () => Promise<{ readonly value: T; readonly message?: string }>,
  field?: string,
): Promise<T | undefined> {
  try {
    const { value, message } = await run();
    checks.push({ name, status: 'ok', ...(message !== undefined && { message }) });
    return value;
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'aborted' || known.kind === 'internal') throw known;
    checks.push({ name, status: 'failed', error: { ...(field !== undefined && { field }), ...known.view() }, blocks });
    return undefined;
  }
}

function notTried(names: readonly string[], message: string): readonly ConnectionCheck[] {
  return names.map((name) => ({ name, status: 'skipped' as const, message }));
}

function scopeNames(scopes: readonly string[]): readonly string[] {
  return scopes.map((scope) => `scope ${scope}`);
}

function engineName(engine: string | null): string {
  if (engine === 'idx') return 'Identity Engine';
  return engine === 'v1' ? 'Classic Engine' : 'engine not named';
}
