/** A host that polls every minute: what 100 scattered changes cost, how soon they are stored, and what a quiet poll costs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { applyRandomChanges, startSimulator } from '@castellan/okta-simulator';
import { note, startHost, temporaryFolder, untilSynced } from '../stack.mjs';
import { round } from './run-sync.mjs';

export async function delta({ users = 21_000, groups = 2_501, apps = 300, assignments = 1_000, changes = 100 } = {}) {
  const simulator = await startSimulator({
    users,
    groups,
    apps,
    assignmentsPerApp: assignments,
    latencyMs: { min: 20, max: 40 },
  });
  const folder = temporaryFolder();
  const host = await startHost(folder.path, simulator.url, { CASTELLAN_POLL_SECONDS: '60' });
  try {
    const config = { ...simulator.config, rateLimitShare: 100, skipFactors: true };
    const { id } = await host.call('POST', '/integrations', { connector: 'okta', config });
    const started = performance.now();
    const run = await untilSynced(host, id);
    note(`first sync: ${run.state} in ${Math.round((performance.now() - started) / 1000)} s`);
    const quiet = await quietPolls(simulator, host, id);
    note(`quiet polls: ${JSON.stringify(quiet)}`);
    const before = simulator.requests.total;
    const changed = performance.now();
    const applied = applyRandomChanges(simulator.org, changes, 7);
    const poll = await storedPoll(host, id, changed);
    const seconds = round((performance.now() - changed) / 1000);
    const requests = simulator.requests.total - before;
    await sleep(3_000);
    const again = await host.call('POST', `/integrations/${id}/sync`);
    const full = await untilSynced(host, id);
    return {
      changes: applied.length,
      requests,
      secondsUntilStored: seconds,
      poll: poll.counts,
      quietPollRequests: quiet,
      drift: full.id === again.id ? full.drift : null,
    };
  } finally {
    await host.stop();
    await simulator.close();
    folder.remove();
  }
}

/** Requests of each of two polls that find nothing. */
async function quietPolls(simulator, host, id) {
  const counts = [];
  let last = await polledAt(host, id);
  for (let polls = 0; polls < 3; polls += 1) {
    const before = simulator.requests.total;
    const next = await untilPolled(host, id, last);
    // The first poll after the sync may read what happened during it.
    if (polls > 0) counts.push(simulator.requests.total - before);
    last = next;
  }
  return counts;
}

async function polledAt(host, id) {
  return (await host.call('GET', `/integrations/${id}`)).polledAt;
}

async function untilPolled(host, id, last, timeoutMs = 150_000) {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const now = await polledAt(host, id);
    if (now !== last && now !== null) return now;
    await sleep(200);
  }
  throw new Error('no poll has ended in time');
}

/** The poll that has stored the changes, once it has ended. */
async function storedPoll(host, id, since, timeoutMs = 300_000) {
  for (;;) {
    const { items } = await host.call('GET', `/integrations/${id}/runs?limit=5`);
    const poll = items.find((run) => run.mode === 'poll' && performance.now() - since > Date.now() - Date.parse(run.createdAt));
    if (poll !== undefined && poll.finishedAt !== null) return poll;
    if (performance.now() - since > timeoutMs) throw new Error('the changes were not stored in time');
    await sleep(200);
  }
}
