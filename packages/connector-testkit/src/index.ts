export { type ClientCredentials, apiKey, basic, bearer, clientCredentials, type Credential } from './upstream/credential.js';
export type { FakeAnswer, FakeRequest, Route } from './upstream/fake-request.js';
export { type FakeProvider, fakeUpstream } from './upstream/fake-upstream.js';
export {
  listByCursor,
  listByLink,
  listByOffset,
  listByPage,
  type ListOptions,
  type ListPage,
  made,
  type NumberedPage,
  type Objects,
} from './upstream/lists.js';
export type { ActionTrial, RunningUpstream, Upstream, UpstreamOptions } from './upstream/upstream.js';
export * from './replay/index.js';
export { MemoryHost, type OpenNetwork, type RunOptions } from './host/memory-host.js';
export { KeepFresh } from './host/keep-fresh.js';
export { Recorder } from './host/recorder.js';
export { Rows } from './host/rows.js';
export type { CheckName } from './suite/checks.js';
export { CHECK_NAMES, checkConnector, type Verdict } from './suite/conformance.js';
export { describeConnector } from './suite/describe-connector.js';
export type { ConformanceOptions, ProviderOptions } from './suite/options.js';
export { Trial, type TrialOptions } from './suite/trial.js';
export * from './wire/wire.js';
