import type { ConfigClass, ConfigEnvironment, ConfigValidation } from '@castellan/form-schema';
import type { ActionGrants } from './action-grants.js';
import type { ActionInfo, ActionOutcome, ComparablePlan } from './action.js';
import type { ErrorView, Turn } from './errors.js';
import type { HttpFactory } from './http.js';
import type { Json, JsonObject } from './json.js';
import type { Logger } from './logger.js';
import type { ConnectionMemory } from './connection-memory.js';
import type { SyncPlan } from './plan.js';
import type { Rejected, SourceRecord } from './records.js';
import type { Scope, Stale, UnreadScope } from './refresh.js';
import type { StreamInfo, Unlisted } from './stream.js';
import type { SyncedReader } from './synced.js';
import type { Instant } from './vocabulary.js';

/** All that the host sees of a connector. `defineConnector` builds one from what an author writes. */
export interface Connector<C extends object = object> {
  /** `acme`: stable for ever. */
  readonly id: string;
  readonly displayName: string;
  /** The SDK version that it was built against, for the host's range check. */
  readonly sdkVersion: string;
  /** The decorated class: validation, form and secrecy, written once. */
  readonly config: ConfigClass<C>;
  /** All that it can read, in dependency order. */
  readonly streams: readonly StreamInfo[];
  /**
   * Those of them that an integration with these settings reads. One that is left out is not opened, so nothing of it is swept, and
   * it counts neither as missing nor as stale.
   * @param config validated, or as a host keeps it: secrets taken out, defaults not filled in.
   */
  streamsOf(config: Readonly<C>): readonly StreamInfo[];
  /** All that it can do; empty where it only reads. */
  readonly actions: readonly ActionInfo[];
  /** Those of them that an integration with these settings offers. @param config as for {@link streamsOf} */
  actionsOf(config: Readonly<C>): readonly ActionInfo[];
  /** Derived from what is implemented, never declared. */
  readonly capabilities: readonly Capability[];
  /** Pure and offline; issues by field. */
  validateConfig(input: unknown, environment?: ConfigEnvironment): Promise<ConfigValidation<C>>;
  /** Online: a row for each permission, never a boolean. Never throws for what the customer can mend. */
  testConnection(context: ConnectorContext<C>): Promise<ConnectionReport>;
  /** Pages of all streams asked for. The next page is made only after the consumer has asked for it, i.e. committed the last. */
  sync(context: SyncContext<C>): AsyncIterable<SyncMessage>;
  /** Reads parts of ONE stream again. Pages until every scope is answered. @throws ConnectorError */
  refresh(context: RefreshContext<C>): AsyncIterable<RefreshMessage>;
  /** What has changed in ONE stream since a moment. @throws ConnectorError */
  delta(context: DeltaContext<C>): AsyncIterable<DeltaMessage>;
  /** What one action would do now, also where these settings do not offer it; nothing is written. @throws ConnectorError; kind `config` names the field of the input. */
  planAction(context: PlanContext<C>): Promise<ComparablePlan>;
  /** Does one thing at the provider. Asked twice, it does it once. @throws ConnectorError; kind `config` names the field of the input. */
  act(context: ActionContext<C>): Promise<ActionOutcome>;
  /**
   * Only where the provider says it before anything is planned. What it tells is for people beforehand: whether an action can be done its
   * plan decides. `null`: these settings do not let it be known. Writes nothing. @throws ConnectorError
   */
  actionGrants?(context: ConnectorContext<C>): Promise<ActionGrants | null>;
  /** Only where the provider takes a key pair as a credential. Offline; a new pair at each call, kept nowhere. */
  makeKeyPair?(algorithm: KeyAlgorithm): Promise<KeyPair>;
}

/** What keys a connector can be asked to make, by their JOSE names. */
export const KEY_ALGORITHMS = ['RS256', 'ES256'] as const;
/** One of {@link KEY_ALGORITHMS}. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** A new key as a credential: one half for the provider, one for the form. */
export interface KeyPair {
  /** For the provider. */
  readonly publicJwk: JsonObject;
  /** SECRET: the text for the form's field, exactly as `validateConfig` takes it. */
  readonly privateKey: string;
  /** What to do with the two, a sentence each, in the provider's words. */
  readonly nextSteps: readonly string[];
}

/**
 * `incremental`: has a stream of changes. `refresh`: parts are read again by themselves, not with the next listing. `delta`: some
 * stream can be asked for what has changed. `actions`: it can do something at the provider.
 */
export type Capability = 'sync' | 'incremental' | 'refresh' | 'delta' | 'actions';

/** The six things that a connector is handed. */
export interface ConnectorContext<C extends object> {
  /** Validated and frozen. */
  readonly config: Readonly<C>;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly http: HttpFactory;
  readonly now: () => Date;
  /** Outlives this call: what the next run of the same integration in this process need not ask for again. */
  readonly memory: ConnectionMemory;
}

/** What `Connector.sync` is handed. */
export interface SyncContext<C extends object> extends ConnectorContext<C> {
  /** The streams to read in this run. */
  readonly streams: readonly string[];
  /** Streams that this run has completed before it was cut: not read again, but their dependants may start. */
  readonly completed: readonly string[];
  /** Position by stream, exactly as a committed page gave it. */
  readonly checkpoints: Readonly<Record<string, Json>>;
  /** By stream: `resumeFrom` of its last complete listing, see `ReadArgs.last`. */
  readonly last?: Readonly<Record<string, Json>>;
  readonly synced: SyncedReader;
}

/** What `Connector.refresh` is handed. `state`: `resumeFrom` of the last complete listing of the stream. */
export interface RefreshContext<C extends object> extends ConnectorContext<C> {
  readonly stream: string;
  readonly scopes: readonly Scope[];
  readonly state: Json | undefined;
  readonly synced: SyncedReader;
}

/** What one action is to look at, for the connector. */
export interface PlanContext<C extends object> extends ConnectorContext<C> {
  /** The action's name. */
  readonly action: string;
  /** As a form or a program sends it; the action's class judges it. */
  readonly input: unknown;
  /** When it was run, where it was: see `PlanArgs`. */
  readonly since?: Instant;
}

/** What one action is to do, for the connector. */
export interface ActionContext<C extends object> extends PlanContext<C> {
  /** The same for every try of one wish. */
  readonly idempotencyKey: string;
  /** `fingerprint` of the plan that somebody has agreed to: where another one would be carried out by now, nothing is. */
  readonly expected?: string;
}

/** Rows of the parts that were asked for: a {@link RefreshPage} with nothing left out. */
export interface RefreshMessage {
  readonly records: readonly SourceRecord[];
  readonly complete: readonly Scope[];
  readonly settled: readonly Scope[];
  readonly unread: readonly UnreadScope[];
  readonly rejected: readonly Rejected[];
  readonly stale: readonly Stale[];
}

/** What `Connector.delta` is handed. `since`: `resumeFrom` of the last complete listing or delta of the stream. */
export interface DeltaContext<C extends object> extends ConnectorContext<C> {
  readonly stream: string;
  readonly since: Json;
  readonly synced: SyncedReader;
}

/** Rows that have changed: a {@link DeltaPage} with nothing left out. */
export interface DeltaMessage {
  readonly records: readonly SourceRecord[];
  readonly rejected: readonly Rejected[];
  readonly stale: readonly Stale[];
  /** The last message has it. */
  readonly resumeFrom?: Json;
}

/** What a test of the connection has found. */
export interface ConnectionReport {
  /** The tenant that answered: `id` is the provider's own and never changes. `null` when nobody answered. */
  readonly tenant: { readonly id: string; readonly displayName: string } | null;
  readonly checks: readonly ConnectionCheck[];
  /** As {@link Connector.actionGrants} tells it, where the test has learnt it on its way. */
  readonly actionGrants?: ActionGrants;
}

/** One thing that was tried: a permission, a stream, the address. */
export interface ConnectionCheck {
  /** What was tried, e.g. `organisation`, `credential`, `scope users:read`, `stream accounts`. */
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  /** What was found, or why it was skipped. */
  readonly message?: string;
  readonly error?: ErrorView;
  /** `stream`: others can still be read. `connection`: nothing can. Only on failed checks. */
  readonly blocks?: 'connection' | 'stream';
  /** Who has to act; on every problem. */
  readonly turn?: Turn;
  /** What that one has to do, in one sentence. */
  readonly todo?: string;
}

/** Where a stream stands after a page. `cursor`: its `next`, as it is kept. */
export type Progress = { readonly done: false; readonly cursor: Json } | { readonly done: true; readonly resumeFrom?: Json };

/** What a sync says, in the order in which it must be taken: a page is committed before the next is asked for. */
export type SyncMessage =
  | { readonly type: 'started'; readonly stream: string }
  | {
      readonly type: 'page';
      readonly stream: string;
      readonly records: readonly SourceRecord[];
      readonly deleted: readonly string[];
      readonly unlisted: readonly Unlisted[];
      readonly rejected: readonly Rejected[];
      readonly stale: readonly Stale[];
      readonly progress: Progress;
    }
  /** What the run will cost, as far as known; again whenever that has changed. */
  | { readonly type: 'plan'; readonly plan: SyncPlan }
  | {
      readonly type: 'stopped';
      readonly stream: string;
      /** `skipped`: not readable at all (permission, or a dependency was not read). `incomplete`: it broke off. */
      readonly status: 'incomplete' | 'skipped';
      readonly error: ErrorView;
      /** For the operator's log. */
      readonly detail?: string;
    };
