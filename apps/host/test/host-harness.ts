import type { IntegrationDetail, ProblemBody, RunView } from '@castellan/api';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordKind } from '@castellan/connector-sdk';
import { migratedDatabase } from '@castellan/storage/testing';
import type { Org, Simulator } from '@castellan/okta-simulator';
import type { Host } from '../src/host.js';
import type { OpenApiDocument } from '../src/docs/open-api.js';
import type { HostSettings } from '../src/settings/host-settings.js';
import { DEFAULT_LIMITS, type Limits } from '../src/throttle/limits.js';
import { DocumentedProblems } from './documented-problems.js';
import { EventReader } from './event-reader.js';
import { loadHost, loadLogging } from './loaded-once.js';
import { Look } from './query.js';
import { patience, until } from './until.js';

export { until };

/** Of the server that all suites share: memory, where there is enough. A host's own server has a thousand files. */
const { quickFolder }: { quickFolder: () => string } = await import('../../../test/postgres/quick-folder.mjs' as string);

/** What a test knows about one answer: the shape is the API's, so a test that asks for the wrong one sees `undefined`. */
export interface Answer<T> {
  readonly status: number;
  readonly type: string;
  readonly body: T;
}

export const SETUP_TOKEN = 'the set-up token of the tests';
/** The first administrator of every host of the tests. */
export const ADMINISTRATOR = {
  email: 'administrator@castellan.test',
  name: 'First Administrator',
  password: 'correct horse battery staple',
};

/** A database with all tables and no rows, on the server that all suites of the run share. */
export function ownDatabase(): Promise<string> {
  return migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
}

/** Databases of hosts that were given none, by their data folder: a host that is started there again finds its rows. */
const databases = new Map<string, Promise<string>>();

function databaseOf(dataDir: string): Promise<string> {
  const known = databases.get(dataDir) ?? ownDatabase();
  databases.set(dataDir, known);
  return known;
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  // By this name a later run finds and removes what a killed one has left.
  const folder = mkdtempSync(join(quickFolder(), `castellan-postgres-${process.pid}-host-`));
  // PostgreSQL runs as another user when the tests run as root: it must be able to pass through.
  chmodSync(folder, 0o711);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function settingsFor(dataDir: string, more: Partial<HostSettings> = {}): HostSettings {
  return {
    port: 0,
    address: '127.0.0.1',
    trustedProxies: [],
    dataDir,
    allowedHosts: ['127.0.0.1'],
    allowedWebhookHosts: ['127.0.0.1'],
    logLevel: 'debug',
    production: false,
    pollSeconds: 0,
    setupToken: SETUP_TOKEN,
    sessions: { idleSeconds: 3_600, absoluteSeconds: 43_200 },
    ...more,
  };
}

/** Tests create more in a minute than people do. */
const WIDE: Limits = { ...DEFAULT_LIMITS, expensiveAtOnce: 20, expensivePerMinute: 1_000 };

/** A host in this process and its log. */
export class TestHost {
  private constructor(
    readonly host: Host,
    readonly lines: readonly string[],
    readonly api: Api,
    /** What the console showed. */
    readonly told: string,
    private readonly look: Look,
  ) {}

  /** @param setUp `false`: nobody has been there yet, and `api` is nobody */
  static async start(settings: HostSettings, { setUp = true, limits = WIDE } = {}): Promise<TestHost> {
    const lines: string[] = [];
    let told = '';
    const tell = (text: string): void => {
      told += text;
    };
    const [{ startHost }, { rootLogger }] = await Promise.all([loadHost(), loadLogging()]);
    const logger = rootLogger(settings.logLevel, { write: (line) => void lines.push(line) });
    const databaseUrl = settings.databaseUrl ?? (await databaseOf(settings.dataDir));
    const host = await startHost({ ...settings, databaseUrl }, { logger, limits, tell });
    const api = setUp ? await Api.open(host.url) : new Api(host.url);
    return new TestHost(host, lines, api, told, new Look(host.databaseUrl));
  }

  /** Looks past the host, into its database. */
  query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return this.look.query(sql);
  }

  async close(): Promise<void> {
    await Promise.all([this.look.close(), this.host.close()]);
  }
}

/** One caller of the API. */
export class Api {
  /** @param credentials headers that say who asks; none: nobody */
  constructor(
    readonly url: string,
    readonly credentials: Readonly<Record<string, string>> = {},
    /** What each problem is checked against: the document of its route. */
    readonly problems?: DocumentedProblems,
  ) {}

  /** The administrator; a host that is new is set up first. */
  static async open(url: string): Promise<Api> {
    const nobody = new Api(url);
    const made = await nobody.send('POST', '/set-up', { token: SETUP_TOKEN, ...ADMINISTRATOR });
    const api =
      made.status === 201 ? nobody.withCookieOf(made) : await nobody.signIn(ADMINISTRATOR.email, ADMINISTRATOR.password);
    // The document's form is what the host's own code says.
    const document = async () => (await (await api.send('GET', '/docs/openapi.json')).json()) as OpenApiDocument;
    return new Api(url, api.credentials, new DocumentedProblems(document));
  }

  async signIn(email: string, password: string): Promise<Api> {
    const response = await this.send('POST', '/session', { email, password });
    if (response.status !== 200) throw new Error(`not signed in: ${response.status} ${await response.text()}`);
    return this.withCookieOf(response);
  }

  /** As a browser does: the cookie, and the page's own origin. */
  withCookieOf(response: Response): Api {
    const [cookie] = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
    if (cookie === undefined) throw new Error('there is no cookie');
    return new Api(this.url, { cookie, origin: this.url }, this.problems);
  }

  withKey(key: string): Api {
    return new Api(this.url, { authorization: `Bearer ${key}` }, this.problems);
  }

  /** Nobody who is known. */
  anonymous(): Api {
    return new Api(this.url, {}, this.problems);
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...this.credentials, ...json };
    return fetch(`${this.url}/api${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await this.#read<T>(await this.send(method, path, body));
    if (answer.type.startsWith('application/problem+json'))
      await this.problems?.check(method, `/api${path}`, answer.status, answer.body);
    return answer;
  }

  async #read<T>(response: Response): Promise<Answer<T>> {
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    // See Answer: the caller names what it expects.
    return {
      status: response.status,
      type,
      body: (text === '' ? undefined : type.includes('json') ? JSON.parse(text) : text) as T,
    };
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.ask('GET', path);
  }
  post<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.ask('POST', path, body);
  }

  /** A stream of events. */
  watch(path: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    return EventReader.open(`${this.url}/api${path}`, { ...this.credentials, ...headers });
  }

  async create(config: unknown, more: object = {}): Promise<IntegrationDetail> {
    const { status, body } = await this.post<IntegrationDetail>('/integrations', { connector: 'okta', config, ...more });
    if (status !== 201) throw new Error(`not created: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async refused(input: unknown): Promise<Answer<ProblemBody>> {
    return this.post('/integrations', input);
  }

  async detail(id: string): Promise<IntegrationDetail> {
    return (await this.get<IntegrationDetail>(`/integrations/${id}`)).body;
  }

  async sync(id: string): Promise<RunView> {
    const { status, body } = await this.post<RunView>(`/integrations/${id}/sync`);
    if (status !== 202) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** The run, as soon as it is in one of the states. */
  async untilRun(id: string, runId: string, states: readonly string[] = ENDED, ms = 40_000): Promise<RunView> {
    const began = Date.now();
    for (;;) {
      const { body } = await this.get<RunView>(`/integrations/${id}/runs/${runId}`);
      if (states.includes(body.state)) return body;
      if (Date.now() > began + ms) throw new Error(`the run is still ${body.state}: ${JSON.stringify(body)}`);
      await sleep(patience(began));
    }
  }

  /** Creates an integration and waits for the end of its first run. */
  async synced(config: unknown): Promise<IntegrationDetail> {
    const created = await this.create(config);
    await this.untilRun(created.id, lastRunOf(created).id);
    return this.detail(created.id);
  }

  async syncAgain(id: string): Promise<RunView> {
    return this.untilRun(id, (await this.sync(id)).id);
  }
}

const ENDED = ['complete', 'incomplete', 'failed', 'cancelled', 'waiting'];

export function lastRunOf(detail: IntegrationDetail): RunView {
  if (detail.lastRun === null) throw new Error('there is no run');
  return detail.lastRun;
}

/** How many records of each kind an org really has. Kinds whose number is a matter of taste (built-in roles) are left out. */
export function truthOf({ org }: Simulator): Partial<Record<RecordKind, number>> {
  const { directory, applications, identityProviders } = org;
  const sum = (keys: Iterable<string>, count: (key: string) => number): number =>
    [...keys].reduce((total, key) => total + count(key), 0);
  return {
    account: directory.users.size,
    group: directory.groups.size,
    membership: sum(directory.groups.keys(), (id) => directory.memberCount(id)),
    group_rule: directory.rules.size,
    application: applications.apps.size,
    app_assignment: sum(applications.apps.keys(), (id) => org.effectiveAssignments(id).length + applications.groups(id).size),
    role_assignment: roleAssignments(org),
    identity_provider: identityProviders.idps.size,
    idp_link: sum(identityProviders.idps.keys(), (id) => identityProviders.users(id).size),
    authenticator: sum(directory.users.keys(), (id) => org.factorsOf(id).length),
    activity: recentEvents(org),
  };
}

/** One record for each target; one for an assignment without targets. */
function roleAssignments({ administration }: Org): number {
  const kinds = ['user', 'group', 'client'] as const;
  const assignments = kinds.flatMap((kind) =>
    administration.holders(kind).flatMap((id) => [...administration.assignments({ kind, id }).values()]),
  );
  return assignments.reduce(
    (total, { groupTargets, appTargets }) => total + Math.max(1, groupTargets.length + appTargets.length),
    0,
  );
}

function recentEvents({ log }: Org): number {
  const since = log.firstSince((Math.floor(Date.now() / 86_400_000) - 7) * 86_400_000);
  return log.length - since;
}
