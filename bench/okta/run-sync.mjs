/** Runs `castellan sync okta` as a process of its own and measures it from outside. */
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../../scripts/workspace.mjs';
import { note } from '../stack.mjs';

/** @returns wall time in seconds, peak memory in MB, exit code, records by stream, the plan as last said. */
export async function runSync(simulator, settings = {}) {
  const file = join(tmpdir(), `castellan-bench-${process.pid}-${Math.random().toString(36).slice(2)}.json`);
  const config = { ...simulator.config, rateLimitShare: 100, skipFactors: true, ...settings };
  writeFileSync(file, JSON.stringify({ url: simulator.url, config }), { mode: 0o600 });
  const started = performance.now();
  const child = start('apps/cli/bin/castellan.js', ['sync', 'okta', '--plan', '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const output = { records: {}, stopped: [], plan: undefined };
  readLines(child.stdout, output);
  child.stderr.on('data', (text) => note(String(text).trimEnd()));
  let peakMegabytes = 0;
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid));
  }, 100);
  try {
    const [exitCode] = await ended;
    return { seconds: round((performance.now() - started) / 1000), peakMegabytes, exitCode, ...output };
  } finally {
    clearInterval(watch);
    rmSync(file, { force: true });
  }
}

/** Only what is counted is parsed: a page's line is long, and parsing all of it here would take a core from the process measured. */
function readLines(stdout, output) {
  createInterface(stdout).on('line', (line) => {
    const [, type, stream] = /^\{"type":"(\w+)"(?:,"stream":"([\w-]+)")?/.exec(line) ?? [];
    if (type === 'plan') output.plan = JSON.parse(line).plan;
    if (type === 'stopped') output.stopped.push(JSON.parse(line));
    if (type === 'page') output.records[stream] = (output.records[stream] ?? 0) + line.split('"kind":"').length - 1;
  });
}

function peakOf(pid) {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return 0;
  }
}

export const round = (number) => Number(number.toFixed(2));
