import type { JWK } from 'jose';
import { type Played, playInOrder, timesBefore } from './attacks/played-before.js';
import { DailyLife } from './changes/daily-life.js';
import type { FaultRule } from './faults/fault-rule.js';
import { Faults } from './faults/faults.js';
import { generateOrg } from './generator/generate.js';
import { planOf } from './generator/plan.js';
import { endpoints } from './http/endpoints/all.js';
import { skinnyUserEndpoints } from './http/endpoints/skinny-users.js';
import { DeferredWrites } from './http/deferred-writes.js';
import { ListLag } from './http/list-lag.js';
import { JsonTexts } from './http/json-texts.js';
import { Responder } from './http/responder.js';
import { Router } from './http/router.js';
import type { Latency, ServerParts } from './http/server.js';
import { createHttpServer, listen } from './http/server.js';
import { AccessTokens } from './oauth/access-tokens.js';
import type { Clients, SimulatorCredentials } from './oauth/clients.js';
import { createClients } from './oauth/clients.js';
import { DpopProofs } from './oauth/dpop.js';
import { DEFAULT_SCOPES } from './oauth/scopes.js';
import type { TokenEndpointState } from './oauth/token-endpoint.js';
import { TokenEndpoint } from './oauth/token-endpoint.js';
import type { ObjectsReport } from './objects/load-objects.js';
import { loadObjects } from './objects/load-objects.js';
import { Org } from './org/org.js';
import type { Limits } from './rate-limits/rate-limiter.js';
import { RateLimiter } from './rate-limits/rate-limiter.js';
import { RequestLog } from './requests/request-log.js';

export interface SimulatorOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** Folder of recorded objects (JSON Lines). With it nothing is generated. */
  readonly objects?: string;
  readonly users?: number;
  readonly groups?: number;
  readonly apps?: number;
  /** People assigned to each app; absent: varies. */
  readonly assignmentsPerApp?: number;
  /** How many apps have an access group, one each; absent: every app, as far as the groups go. */
  readonly assignedGroups?: number;
  /** Memberships without those of Everyone; absent: three for each user. */
  readonly memberships?: number;
  /** Events of the last 90 days; absent: five for each user, 20,000 at most. */
  readonly events?: number;
  readonly seed?: number;
  /** `on`: what a fresh client of a workforce org gets. A number: that many times as much. Absent: `off`. */
  readonly limits?: Limits;
  /** Requests that may be in flight at once. Absent: 37 with limits, without end when they are off. */
  readonly concurrency?: number;
  readonly latencyMs?: Latency;
  readonly faults?: readonly FaultRule[];
  readonly grantedScopes?: readonly string[];
  /** Serves the undocumented `skinny_users` lists of groups and apps. Absent: unknown paths. */
  readonly skinnyUsers?: boolean;
  /** Writes an event for each person whose app comes and goes with a group, beside the group's. Absent: the group's only. */
  readonly eventsForGroupAssignments?: boolean;
  /** How long lists of users, members and app users show what was before a write. Absent: they never run behind. */
  readonly listLagMs?: number;
  /** How long it takes to deactivate somebody for whom the caller does not wait (`Prefer: respond-async`). Absent: no time. */
  readonly deactivationMs?: number;
  /** Who is taken out of a group that a rule put them into comes back (absent: so), or becomes an exception of the rule. */
  readonly ruleMembers?: 'return' | 'excluded';
  readonly tokenLifetimeSeconds?: number;
  /** Every so many milliseconds somebody signs in and opens an app, and now and then somebody moves. Absent: nothing happens by itself. */
  readonly liveMs?: number;
  /** Whether the custom app's tokens must be bound to a key. */
  readonly dpop?: 'off' | 'required';
  /** The server's clock: dates in headers, `lastUpdated` of changes, life of tokens. */
  readonly now?: () => Date;
  /** Scenarios of `attackScenarios` that have just been played when it starts, one behind the other. Not with `objects` or `epoch`. */
  readonly plays?: readonly string[];
  /** The moment that generated times are relative to; absent: the last midnight (UTC), so that a restart finds the same org. */
  readonly epoch?: Date;
}

export interface SimulatorConfig {
  readonly domain: string;
  readonly auth: SimulatorCredentials['clientSecret'];
}

export interface Simulator {
  readonly url: string;
  /** Usable as configuration of connector-okta. */
  readonly config: SimulatorConfig;
  readonly credentials: SimulatorCredentials;
  readonly org: Org;
  readonly requests: RequestLog;
  /** What was played before it started. */
  readonly played: readonly Played[];
  /** Present when recorded objects were loaded. */
  readonly objects: ObjectsReport | undefined;
  setFaults(rules: readonly FaultRule[]): void;
  setGrantedScopes(scopes: readonly string[]): void;
  setAdminRole(has: boolean): void;
  /** Ends every access token that is out: the next call is 401, a new token can be had. */
  revokeAccessTokens(): void;
  /** False: the clients do not exist any more, and their tokens end at once. */
  setClientsActive(active: boolean): void;
  /** Registers another public key for both clients. */
  addClientKey(jwk: JWK & { readonly kid: string }): void;
  close(): Promise<void>;
}

const HALF_OF_WORKFORCE_CONCURRENCY = 37;
const DAY_MS = 86_400_000;

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed = options.seed ?? 1;
  const now = options.now ?? (() => new Date());
  let parts: ServerParts | undefined;
  const server = createHttpServer(() => parts);
  // The port must be known first: it is part of every link in the objects.
  const port = await listen(server, options.port ?? 0);
  let life: DailyLife | undefined;
  const close = async (): Promise<void> => {
    life?.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    const newOrg = () =>
      new Org({
        baseUrl: url,
        now,
        seed,
        derive: options.objects === undefined,
        eventsForGroupAssignments: options.eventsForGroupAssignments ?? false,
        ruleMembers: options.ruleMembers ?? 'return',
      });
    const org = newOrg();
    const { objects, played } = await fill(org, options, { seed, now, newOrg });
    const clients = createClients(seed, options.dpop === 'required');
    const wired = wire(org, clients, options, seed, now);
    parts = wired.parts;
    life = new DailyLife(org, seed);
    if (options.liveMs !== undefined) life.start(options.liveMs);
    return {
      ...facade(wired, clients),
      url,
      config: { domain: url, auth: clients.credentials.clientSecret },
      org,
      objects,
      played,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Filling {
  readonly seed: number;
  readonly now: () => Date;
  readonly newOrg: () => Org;
}

interface Filled {
  readonly objects: ObjectsReport | undefined;
  readonly played: readonly Played[];
}

async function fill(org: Org, options: SimulatorOptions, { seed, now, newOrg }: Filling): Promise<Filled> {
  const { objects, epoch, plays = [] } = options;
  if (plays.length > 0 && (objects !== undefined || epoch !== undefined))
    throw new Error('scenarios are played in a generated organisation only, and at a time of their own');
  if (objects !== undefined) return { objects: await loadObjects(org, objects), played: [] };
  const generated = (into: Org, at: Date): Org => {
    generateOrg(into, planOf(options, seed, at));
    return into;
  };
  if (plays.length === 0) {
    generated(org, epoch ?? midnightBefore(now()));
    return { objects: undefined, played: [] };
  }
  const times = timesBefore(now(), plays, (at) => generated(newOrg(), at));
  return { objects: undefined, played: playInOrder(generated(org, times.epoch), plays, times.begin) };
}

function midnightBefore(time: Date): Date {
  return new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
}

interface Wired {
  readonly parts: ServerParts;
  readonly tokenState: TokenEndpointState;
}

function wire(org: Org, clients: Clients, options: SimulatorOptions, seed: number, now: () => Date): Wired {
  const limits = options.limits ?? 'off';
  const tokens = new AccessTokens();
  const proofs = new DpopProofs();
  const router = new Router(options.skinnyUsers ? [...endpoints, ...skinnyUserEndpoints] : endpoints);
  const requests = new RequestLog();
  const tokenState: TokenEndpointState = {
    clients: [clients.integration, clients.custom],
    tokens,
    proofs,
    now,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    grantedScopes: new Set(options.grantedScopes ?? DEFAULT_SCOPES),
    clientsActive: true,
  };
  const responder = new Responder({
    org,
    router,
    authentication: { tokens, proofs, apiToken: clients.apiToken, now },
    tokenEndpoint: new TokenEndpoint(tokenState),
    limiter: new RateLimiter(limits, now),
    requests,
    lag: new ListLag(options.listLagMs ?? 0, now),
    deferred: new DeferredWrites(options.deactivationMs ?? 0, now),
    concurrency: options.concurrency ?? (limits === 'off' ? Number.POSITIVE_INFINITY : HALF_OF_WORKFORCE_CONCURRENCY),
  });
  const faults = new Faults(seed, options.faults);
  const texts = new JsonTexts();
  return { tokenState, parts: { responder, router, faults, requests, latency: options.latencyMs ?? 0, seed, now, texts } };
}

type Facade = Omit<Simulator, 'url' | 'config' | 'org' | 'objects' | 'played' | 'close'>;

function facade({ parts, tokenState }: Wired, clients: Clients): Facade {
  return {
    credentials: clients.credentials,
    requests: parts.requests,
    setFaults: (rules) => parts.faults.set(rules),
    setGrantedScopes: (scopes) => {
      tokenState.grantedScopes = new Set(scopes);
    },
    setAdminRole: (has) => {
      parts.responder.hasAdminRole = has;
    },
    revokeAccessTokens: () => tokenState.tokens.revokeAll(),
    setClientsActive: (active) => {
      tokenState.clientsActive = active;
      if (!active) tokenState.tokens.revokeAll();
    },
    addClientKey: (jwk) => {
      clients.custom.keys.set(jwk.kid, jwk);
    },
  };
}
