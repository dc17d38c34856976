import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordKind } from '@castellan/connector-sdk';
import type { Org, Simulator } from '@castellan/okta-simulator';
import { type Host, startHost } from '../src/host.js';
import type { IntegrationDetail } from '../src/integrations/integration-views.js';
import { type RootLogger, rootLogger } from '../src/logging/root-logger.js';
import type { ProblemBody } from '../src/problems/problem.js';
import type { RunView } from '../src/runs/run-views.js';
import type { HostSettings } from '../src/settings/host-settings.js';
import { EventReader } from './event-reader.js';

export { until } from './until.js';

/** What a test knows about one answer: the shape is the API's, so a test that asks for the wrong one sees `undefined`. */
export interface Answer<T> {
  readonly status: number;
  readonly type: string;
  readonly body: T;
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-host-'));
  // PostgreSQL runs as another user when the tests run as root: it must be able to pass through.
  chmodSync(folder, 0o711);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function settingsFor(dataDir: string, more: Partial<HostSettings> = {}): HostSettings {
  return { port: 0, dataDir, allowedHosts: ['127.0.0.1'], logLevel: 'debug', production: false, pollSeconds: 0, ...more };
}

/** A host in this process and its log. */
export class TestHost {
  private constructor(
    readonly host: Host,
    readonly lines: readonly string[],
    readonly api: Api,
  ) {}

  static async start(settings: HostSettings): Promise<TestHost> {
    const lines: string[] = [];
    const logger: RootLogger = rootLogger(settings.logLevel, { write: (line) => void lines.push(line) });
    const host = await startHost(settings, { logger });
    return new TestHost(host, lines, new Api(host.url));
  }

  close(): Promise<void> {
    return this.host.close();
  }
}

export class Api {
  constructor(readonly url: string) {}

  async ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}/api${path}`, { method, ...json });
    const text = await response.text();
    // See Answer: the caller names what it expects.
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: (text === '' ? undefined : JSON.parse(text)) as T,
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
    return EventReader.open(`${this.url}/api${path}`, headers);
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
    const end = Date.now() + ms;
    for (;;) {
      const { body } = await this.get<RunView>(`/integrations/${id}/runs/${runId}`);
      if (states.includes(body.state)) return body;
      if (Date.now() > end) throw new Error(`the run is still ${body.state}: ${JSON.stringify(body)}`);
      await sleep(50);
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
