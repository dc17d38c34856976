import { type ChangeKind, changeKinds, type Simulator } from '@castellan/okta-simulator';
import { PollingHost } from './polling-host.js';
import { TinyHost } from './tiny-host.js';

/** Okta writes no event when a link is removed. */
const NOT_NOTICED: ReadonlySet<string> = new Set(['IdP unlinked']);

export const kindsOfChange: readonly ChangeKind[] = changeKinds.filter(({ name }) => !NOT_NOTICED.has(name));

/** @param settings over those of the form, e.g. what is left out. */
export async function hostOf(simulator: Simulator, settings: object = {}): Promise<PollingHost> {
  return new PollingHost(await TinyHost.create(simulator.config, undefined, undefined, settings));
}

/** A second host that knows nothing yet and reads everything that is compared: what must be the same in the end. */
export async function freshlySynced(simulator: Simulator, settings: object = {}): Promise<PollingHost> {
  const fresh = await hostOf(simulator, settings);
  // Events are not compared, and every change makes more of them.
  await fresh.sync(fresh.host.names.filter((name) => name !== 'activity'));
  return fresh;
}

/** Requests so far, without those for tokens and for the organisation's own document. */
export function apiRequests({ requests }: Simulator): number {
  return Object.entries(requests.byTemplate)
    .filter(([template]) => !template.startsWith('/oauth2/v1/token') && !template.startsWith('/.well-known'))
    .reduce((sum, [, count]) => sum + count, 0);
}
