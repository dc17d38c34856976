import type { RunningUpstream, Upstream } from '../upstream/upstream.js';
import type { CheckName } from './checks.js';

/** A provider, and what a connector needs to speak to it. */
export interface ProviderOptions {
  /** The provider: a fake one, a simulator, or a real server that can be started here. */
  readonly upstream: Upstream;
  /** Settings that are good for it. A function gets the running upstream, whose `url` is where the connector has to go. */
  readonly config: object | ((upstream: RunningUpstream) => object);
  /** Where the provider has one address for everybody that is no setting: `https://api.acme.com`. Traffic to it goes to the upstream. */
  readonly origin?: string;
}

export interface ConformanceOptions extends ProviderOptions {
  /** Checks that cannot hold for this provider, each with the reason, which the report prints. */
  readonly leaveOut?: Partial<Readonly<Record<CheckName, string>>>;
}
