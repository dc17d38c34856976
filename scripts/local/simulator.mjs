import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { gone } from './programs.mjs';

/** `castellan simulate`, and what it says when it answers: `{ child, line: { url, config } }`. */
export function startSimulator(programs, id, args) {
  return startedSimulator(programs, id, 'apps/cli/bin/castellan.js', ['simulate', id, ...args]);
}

/** The same of another program, whose first line says where it answers. @param file of this repository */
export async function startedSimulator(programs, id, file, args) {
  const child = await programs.start(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), gone(child, `The simulated ${id}`)]);
  return { child, line: JSON.parse(line) };
}
