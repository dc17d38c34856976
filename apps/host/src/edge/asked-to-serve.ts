import { Problem } from '../problems/problem.js';
import type { HostRole } from '../settings/variables.js';
import { BY_ADDRESS } from './asked-host.js';
import type { EdgeRule } from './edge-rule.js';

/** A worker tells how it is, and nothing else: whoever reaches one by mistake is to learn where to ask. */
export function askedToServe(role: HostRole | undefined): EdgeRule {
  if (role !== 'worker') return () => undefined;
  return ({ path }) => (BY_ADDRESS.has(path) ? undefined : new Problem({ code: 'worker-only', detail: WORKER_ONLY }));
}

const WORKER_ONLY = 'This host is a worker (CASTELLAN_ROLE). Ask one that serves the API and the pages.';
