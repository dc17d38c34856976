import type { Connector } from '@castellan/connector-sdk';
import { CHECKS } from './checks.js';
import { CHECK_NAMES, checkConnector, type Verdict } from './conformance.js';
import type { ConformanceOptions } from './options.js';

/** The slowest check reads ten thousand pages. */
const TIMEOUT_MS = 120_000;

/** What Jest, Vitest and others have in common. */
interface TestGlobals {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>, timeout?: number) => void;
  readonly afterAll: (body: () => void) => void;
}

/**
 * The conformance suite as tests, one a rule. Call it at the top of a test file:
 * `describeConnector(connector, { upstream, config })`. What is left out is printed with its reason.
 */
export function describeConnector(connector: Connector, options: ConformanceOptions): void {
  const { describe, test, afterAll } = testGlobals();
  const leftOut: Verdict[] = [];
  describe(`connector ${connector.id} keeps the contract`, () => {
    for (const name of CHECK_NAMES) {
      test(
        CHECKS[name].title,
        async () => {
          const verdict = await checkConnector(connector, options, name);
          if (verdict.result === 'left out') leftOut.push(verdict);
          if (verdict.result === 'broken') throw new Error(`${verdict.reason} [${name}]`);
        },
        TIMEOUT_MS,
      );
    }
    afterAll(() => {
      for (const { check, reason } of leftOut)
        process.stdout.write(`connector ${connector.id}: ${check} left out: ${reason}\n`);
    });
  });
}

function testGlobals(): TestGlobals {
  const { describe, test, afterAll }: Partial<TestGlobals> = Object.fromEntries(
    ['describe', 'test', 'afterAll'].map((name) => [name, Reflect.get(globalThis, name)]),
  );
  if (describe === undefined || test === undefined || afterAll === undefined)
    throw new Error('describeConnector must be called in a test file: there is no describe, test or afterAll here.');
  return { describe, test, afterAll };
}
