/**
 * connector-okta against the simulator. `npm run bench -- okta [limits] [large] [delta]`; without a name all three.
 * `limits`: what a fresh client of a workforce org is granted, and nothing more. `large`: without limits. `delta`: through a host.
 */
import { startSimulator } from '@castellan/okta-simulator';
import { delta } from './okta/delta.mjs';
import { floorOf } from './okta/floor.mjs';
import { round, runSync } from './okta/run-sync.mjs';

/** Half of the table that Okta published for workforce orgs: what each new client gets. */
const PER_MINUTE = { '/api/v1/users': 300, '/api/v1/groups': 250, '/api/v1/apps': 50, '/api/v1': 600 };
const LATENCY = { min: 20, max: 40 };

async function limits() {
  // Nearly every group has members: empty ones would make the organisation look cheaper than those that peers were measured on.
  const size = { users: 2_100, groups: 1_201, apps: 150, assignmentsPerApp: 200, assignedGroups: 150, memberships: 32_000 };
  const simulator = await startSimulator({ ...size, limits: 'on', latencyMs: LATENCY });
  try {
    const floor = floorOf(simulator.org, PER_MINUTE);
    const { plan, ...run } = await runSync(simulator);
    const { total, tooMany, byBucket, maxConcurrency } = simulator.requests;
    const ratio = round(run.seconds / floor.floorSeconds);
    return { ...run, floor, ratio, requests: total, tooMany, byBucket, maxConcurrency, plan };
  } finally {
    await simulator.close();
  }
}

async function large() {
  const simulator = await startSimulator({
    users: 21_000,
    groups: 2_501,
    apps: 300,
    assignmentsPerApp: 1_000,
    latencyMs: LATENCY,
  });
  try {
    const { plan: _, ...run } = await runSync(simulator);
    return { ...run, requests: simulator.requests.total, maxConcurrency: simulator.requests.maxConcurrency };
  } finally {
    await simulator.close();
  }
}

const parts = { limits, large, delta: () => delta() };
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`There is no part ${unknown}: ${Object.keys(parts).join(', ')}.`);
const results = {};
for (const name of asked.length > 0 ? asked : Object.keys(parts)) results[name] = await parts[name]();
process.stdout.write(`${JSON.stringify({ benchmark: 'okta', ...results })}\n`);
