import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { gone } from './programs.mjs';

/** `castellan simulate`, and what it says when it answers: `{ child, line: { url, config } }`. */
export async function startSimulator(programs, id, args) {
  const child = await programs.start('apps/cli/bin/castellan.js', ['simulate', id, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), gone(child, `The simulated ${id}`)]);
  return { child, line: JSON.parse(line) };
}
