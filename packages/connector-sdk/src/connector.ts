import type { ConfigClass, ConfigEnvironment, ConfigValidation } from '@castellan/form-schema';
import type { ErrorView } from './errors.js';
import type { HttpFactory } from './http.js';
import type { Json } from './json.js';
import type { Logger } from './logger.js';
import type { SourceRecord } from './records.js';
import type { Rejected, StreamInfo, SyncedReader, Unlisted } from './stream.js';

/** All that the host sees of a connector. `defineConnector` builds one from what an author writes. */
export interface Connector<C extends object = object> {
  /** `okta`: stable for ever. */
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
  /** Derived from what is implemented, never declared. */
  readonly capabilities: readonly Capability[];
  /** Pure and offline; issues by field. */
  validateConfig(input: unknown, environment?: ConfigEnvironment): Promise<ConfigValidation<C>>;
  /** Online: a row for each permission, never a boolean. Never throws for what the customer can mend. */
  testConnection(context: ConnectorContext<C>): Promise<ConnectionReport>;
  /** Pages of all streams asked for. The next page is made only after the consumer has asked for it, i.e. committed the last. */
  sync(context: SyncContext<C>): AsyncIterable<SyncMessage>;
}

export type Capability = 'sync' | 'incremental';

/** The five things that a connector is handed. */
export interface ConnectorContext<C extends object> {
  /** Validated and frozen. */
  readonly config: Readonly<C>;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly http: HttpFactory;
  readonly now: () => Date;
}

export interface SyncContext<C extends object> extends ConnectorContext<C> {
  /** The streams to read in this run. */
  readonly streams: readonly string[];
  /** Streams that this run has completed before it was cut: not read again, but their dependants may start. */
  readonly completed: readonly string[];
  /** Position by stream, exactly as a committed page gave it. */
  readonly checkpoints: Readonly<Record<string, Json>>;
  readonly synced: SyncedReader;
}

export interface ConnectionReport {
  /** The tenant that answered: `id` is the provider's own and never changes. `null` when nobody answered. */
  readonly tenant: { readonly id: string; readonly displayName: string } | null;
  readonly checks: readonly ConnectionCheck[];
}

export interface ConnectionCheck {
  /** What was tried, e.g. `organisation`, `credential`, `scope okta.users.read`, `stream accounts`. */
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  /** What was found, or why it was skipped. */
  readonly message?: string;
  readonly error?: ErrorView;
  /** `stream`: others can still be read. `connection`: nothing can. Only on failed checks. */
  readonly blocks?: 'connection' | 'stream';
}

export type Progress = { readonly done: false; readonly cursor: Json } | { readonly done: true; readonly resumeFrom?: Json };

export type SyncMessage =
  | { readonly type: 'started'; readonly stream: string }
  | {
      readonly type: 'page';
      readonly stream: string;
      readonly records: readonly SourceRecord[];
      readonly deleted: readonly string[];
      readonly unlisted: readonly Unlisted[];
      readonly rejected: readonly Rejected[];
      readonly progress: Progress;
    }
  | {
      readonly type: 'stopped';
      readonly stream: string;
      /** `skipped`: not readable at all (permission, or a dependency was not read). `incomplete`: it broke off. */
      readonly status: 'incomplete' | 'skipped';
      readonly error: ErrorView;
      /** For the operator's log. */
      readonly detail?: string;
    };
