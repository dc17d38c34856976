/** Load on a host: at a fixed rate, as fast as it goes (autocannon), and the same question without HTTP. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';

const CONNECTIONS = 10;

/**
 * Requests at equal distances, whether or not those before have been answered; each is timed from when it was due, so that a
 * host that falls behind cannot hide it. autocannon sends what belongs to a second at once, which measures its own bursts.
 * @param paths asked in turn
 * @returns milliseconds, for each path
 */
export async function atRate(host, paths, rate, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const times = paths.map(() => []);
  const answers = [];
  let failure;
  const began = performance.now();
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const due = began + (turn * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const at = turn % paths.length;
    const answer = get(host, agent, paths[at]).then(() => times[at].push(performance.now() - due));
    // Kept until all have ended: an early one must not end the process past everything that tidies up.
    answers.push(answer.catch((error) => (failure ??= error)));
  }
  try {
    await Promise.all(answers);
    if (failure !== undefined) throw failure;
  } finally {
    agent.destroy();
  }
  return times;
}

function get(host, agent, path) {
  return new Promise((resolve, reject) => {
    const asked = request(`${host.base}${path}`, { agent, headers: host.headers, timeout: 30_000 }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`))));
    });
    asked.on('timeout', () => asked.destroy(new Error(`${path}: no answer`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** @returns answers, and how many a second */
export async function asFastAsPossible(host, path, seconds) {
  const result = await autocannon({
    url: `${host.base}${path}`,
    headers: host.headers,
    connections: CONNECTIONS,
    duration: seconds,
  });
  const failed = result.errors + result.non2xx + result.timeouts;
  if (failed > 0) throw new Error(`${path}: ${failed} requests failed: ${JSON.stringify(result.statusCodeStats)}`);
  return { answers: result['2xx'], perSecond: Math.round(result['2xx'] / result.duration) };
}

/** One after the other, without HTTP. @returns milliseconds */
export async function directly(ask, times) {
  const taken = [];
  for (let turn = 0; turn < times; turn += 1) {
    const began = performance.now();
    await ask();
    taken.push(performance.now() - began);
  }
  return taken;
}

export function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { p50: at(0.5), p975: at(0.975), p99: at(0.99), max: at(1) };
}
