import type { Connector, HttpFactory } from '@castellan/connector-sdk';
import { secretPaths } from '@castellan/form-schema';
import { createHttpFactory, type Limits } from '@castellan/http-client';
import { MemoryHost, type OpenNetwork } from '../host/memory-host.js';
import type { RunningUpstream, UpstreamOptions } from '../upstream/upstream.js';
import { Wire } from '../wire/wire.js';
import type { ProviderOptions } from './options.js';
import { Broken } from './verdict.js';

/** Short waits: a suite must not take the minutes that a provider may ask for. */
const LIMITS: Partial<Limits> = {
  retryBaseMs: 1,
  retryCapMs: 5,
  concurrencyWaitMs: [1, 5],
  resetMarginMs: 1,
  idleMs: 5_000,
  maxWaitMs: 5_000,
};

export interface TrialOptions extends Partial<UpstreamOptions> {
  /** Waits and caps of the http client. Default: short ones. */
  readonly limits?: Partial<Limits>;
  /** Without the wire between: for runs so long that it would cost more than the connector. */
  readonly direct?: boolean;
}

/**
 * One tenant of the provider, the wire before it, and hosts that run the connector against it: what the suite works with, and tests
 * of one's own. `host()` gives a host that knows nothing yet; `wire.rule` answers in place of the provider, `wire.trace` says what
 * was asked; `close()` ends both servers.
 */
export class Trial {
  /** The provider itself: what it holds, and `change()`. The connector goes to `wire.url`, not to its `url`. */
  readonly upstream: RunningUpstream;
  readonly wire: Wire;
  readonly connector: Connector;
  readonly config: object;
  /** As given, before validation. */
  readonly input: object;
  /** What must not leave the connector: secrets of the settings and of the provider. */
  readonly secrets: readonly string[];
  readonly #limits: Partial<Limits>;
  readonly #origin: string | undefined;
  readonly #address: string;
  /** Hosts that the connector has asked to speak to, in order. */
  readonly origins: string[] = [];

  private constructor(parts: {
    readonly upstream: RunningUpstream;
    readonly wire: Wire;
    readonly connector: Connector;
    readonly config: object;
    readonly input: object;
    readonly address: string;
    readonly limits: Partial<Limits>;
    readonly origin: string | undefined;
  }) {
    this.upstream = parts.upstream;
    this.wire = parts.wire;
    this.connector = parts.connector;
    this.config = parts.config;
    this.input = parts.input;
    this.#address = parts.address;
    this.#limits = parts.limits;
    this.#origin = parts.origin;
    this.secrets = [...secretsIn(parts.connector, parts.config), ...parts.upstream.secrets];
  }

  /**
   * Starts the provider and validates the settings for it.
   * @throws Error when the settings are not valid
   */
  static async open(connector: Connector, options: ProviderOptions, trial: TrialOptions = {}): Promise<Trial> {
    const { tenant = 'acme', pages, limits, direct = false } = trial;
    const upstream = await options.upstream.start({ tenant, ...(pages !== undefined && { pages }) });
    const { origin } = options;
    const wire = await Wire.before(upstream.url, origin === undefined ? [] : [origin]);
    try {
      const address = direct ? upstream.url : wire.url;
      const input = settingsFor(options, { ...upstream, url: address });
      const validated = await connector.validateConfig(input, { allowedHosts: ['127.0.0.1'] });
      if (!validated.ok) throw new Broken(`The settings of the suite are not valid: ${JSON.stringify(validated.issues)}`);
      const all = { ...LIMITS, ...limits };
      return new Trial({ upstream, wire, connector, config: validated.config, input, address, limits: all, origin });
    } catch (error) {
      await wire.close();
      await upstream.close();
      throw error;
    }
  }

  /** A host that knows nothing yet. */
  host(): MemoryHost {
    return new MemoryHost(this.connector, this.config, this.#network);
  }

  /** Ends the provider and the wire, also requests that hang. */
  async close(): Promise<void> {
    await this.wire.close();
    await this.upstream.close();
  }

  readonly #network: OpenNetwork = ({ signal }) => {
    const guarded = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal, logger: silent, limits: this.#limits });
    const http: HttpFactory = (options) => {
      this.origins.push(options.origin, ...(options.linkHosts ?? []));
      // A provider with one address for everybody: its traffic goes to the wire as well.
      const isFixed = this.#origin !== undefined && options.origin === this.#origin;
      return guarded.factory(isFixed ? { ...options, origin: this.#address } : options);
    };
    return { http, close: guarded.close };
  };
}

/** The http client's own lines are not the connector's; what it logs is tested in its own package. */
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function settingsFor({ config }: ProviderOptions, upstream: RunningUpstream): object {
  return typeof config === 'function' ? config(upstream) : config;
}

function secretsIn(connector: Connector, config: object): readonly string[] {
  return secretPaths(connector.config).flatMap((path) => {
    const value = path.split('.').reduce<unknown>((above, key) => valueAt(above, key), config);
    // Shorter ones would be found in innocent text.
    return typeof value === 'string' && value.length >= 6 ? [value] : [];
  });
}

function valueAt(above: unknown, key: string): unknown {
  return typeof above === 'object' && above !== null ? new Map<string, unknown>(Object.entries(above)).get(key) : undefined;
}
