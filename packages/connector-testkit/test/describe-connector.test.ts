import { CHECK_NAMES, type CheckName, describeConnector } from '../src/index.js';
import { accounts, acme, groups, memberships } from './acme/acme-connector.js';
import { acmeProvider } from './acme/acme-provider.js';

const GLOBALS = ['describe', 'test', 'afterAll'] as const;

/** Which tests a file would have. */
function testsOf(define: () => void, canSkip = true): { readonly run: readonly string[]; readonly skipped: readonly string[] } {
  const [run, skipped]: [string[], string[]] = [[], []];
  const note = (title: string): void => void run.push(title);
  const test = canSkip ? Object.assign(note, { skip: (title: string): void => void skipped.push(title) }) : note;
  const runner = { describe: (_: string, body: () => void) => body(), test, afterAll: () => undefined };
  const before = GLOBALS.map((name) => [name, Reflect.get(globalThis, name)] as const);
  for (const name of GLOBALS) Reflect.set(globalThis, name, runner[name]);
  try {
    define();
  } finally {
    for (const [name, value] of before) Reflect.set(globalThis, name, value);
  }
  return { run, skipped };
}

const options = { upstream: acmeProvider, config: {} };
/** Reads, and nothing else. */
const plain = acme({
  streams: [accounts, groups, memberships].map(({ refresh: _refresh, delta: _delta, ...stream }) => ({
    ...stream,
    refreshable: false,
    hasDelta: false,
  })),
  actions: [],
});
const REASON = /\[left out: (.+)\]$/;

test('a connector that has everything has a test for each check', () => {
  const { run, skipped } = testsOf(() => describeConnector(acme(), options));
  expect(run).toHaveLength(CHECK_NAMES.length);
  expect(skipped).toEqual([]);
});

test('what is known to be left out is skipped, and its title says why', () => {
  const leaveOut: Partial<Record<CheckName, string>> = { flatMemory: 'Acme has ten people.' };
  const { run, skipped } = testsOf(() => describeConnector(plain, { ...options, leaveOut }));
  expect(skipped.map((title) => REASON.exec(title)?.[1])).toEqual([
    'no stream can be read in parts',
    'no stream has a delta, none is a log of changes',
    'the connector has no action',
    'Acme has ten people.',
  ]);
  expect(run).toHaveLength(CHECK_NAMES.length - 4);
});

test('where the runner cannot skip, the test leaves itself out', () => {
  const { run } = testsOf(() => describeConnector(plain, options), false);
  expect(run).toHaveLength(CHECK_NAMES.length);
  expect(run.filter((title) => REASON.test(title))).toHaveLength(3);
});
