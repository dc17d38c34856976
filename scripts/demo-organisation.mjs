/**
 * The simulated organisation of the demo, until a signal comes: as `castellan simulate okta --live`, and something happened in it
 * this night. The first line of stdout is `{ url, config }`. Argument: `{ port, users, groups, apps, grantedScopes }` as JSON.
 */
import { once } from 'node:events';
import { playScenario, startSimulator } from '@castellan/okta-simulator';

/** From one sign-in to the next: some in a minute, so that who watches sees them come. */
const LIVE_MS = 12_000;
const [HOUR, DAY] = [3_600_000, 86_400_000];
/** A help desk that is talked into a reset, and a stranger who is super administrator an hour later. */
const ATTACK = 'help-desk-takeover';

// The log as it was made ends at a midnight, and the attack begins behind it. It takes less than an hour, so that in the first
// hours of a day it must have been the day before. A second start on the same day finds the same events.
const epoch = new Date(Math.floor((Date.now() - 3 * HOUR) / DAY) * DAY);
const stopped = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
const simulator = await startSimulator({ ...JSON.parse(process.argv[2] ?? '{}'), epoch, liveMs: LIVE_MS });
playScenario(simulator.org, ATTACK, { at: new Date(epoch.getTime() + 1.5 * HOUR) });
process.stdout.write(`${JSON.stringify({ url: simulator.url, config: simulator.config })}\n`);
await stopped;
await simulator.close();
