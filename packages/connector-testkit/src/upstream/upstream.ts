/** A provider that the suite can start as often as it likes: a real HTTP server on 127.0.0.1, written without the connector. */
export interface Upstream {
  start(options: UpstreamOptions): Promise<RunningUpstream>;
}

export interface UpstreamOptions {
  /** Whose objects and whose credential it holds: two tenants share no id and no secret. The same tenant twice is the same. */
  readonly tenant: string;
  /** When given: the first list has so many pages. Objects are best made while they are asked for, a few a page. */
  readonly pages?: number;
}

export interface RunningUpstream {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  readonly tenant: string;
  /** By stream: the keys of all its records, or how many there are. Known without the connector, from what the provider was given. */
  holds(): Readonly<Record<string, readonly string[] | number>>;
  /**
   * What must never leave the connector: secrets inside of objects (a password hash, a client secret), tokens that it hands out.
   * The secrets of the settings are known to the suite and need not be named.
   */
  readonly secrets: readonly string[];
  /** Changes some objects, makes some and removes some. Needed where a stream has a delta, or can be read in parts. */
  change?(): void | Promise<void>;
  /** For each action of the connector, something to try it on. */
  readonly actions?: Readonly<Record<string, ActionTrial>>;
  close(): Promise<void>;
}

export interface ActionTrial {
  readonly input: object;
  /** Asked of the provider's own state, not of the connector. */
  isDone(): boolean | Promise<boolean>;
}
