import type { Connector } from '@castellan/connector-sdk';
import { CHECKS, type CheckName } from './checks.js';
import { CHECK_NAMES, checkConnector, leftOutBefore } from './conformance.js';
import type { ConformanceOptions } from './options.js';

/** The slowest check reads ten thousand pages. */
const TIMEOUT_MS = 120_000;

interface Test {
  (name: string, body: () => Promise<void>, timeout?: number): void;
  /** A runner may have none: then the test runs, and leaves itself out. */
  readonly skip?: Test;
}

/** What Jest, Vitest and others have in common. */
interface TestGlobals {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: Test;
  readonly afterAll: (body: () => void) => void;
}

/**
 * The conformance suite as tests, one a rule. Call it at the top of a test file:
 * `describeConnector(connector, { upstream, config })`. What is left out is printed with its reason; where that is known before
 * anything runs, the test is a skipped one with the reason in its title.
 */
export function describeConnector(connector: Connector, options: ConformanceOptions): void {
  const { describe, test, afterAll } = testGlobals();
  const leftOut = new Map<CheckName, string>();
  describe(`connector ${connector.id} keeps the contract`, () => {
    for (const name of CHECK_NAMES) {
      const { title } = CHECKS[name];
      const reason = leftOutBefore(connector, options, name);
      const body = async (): Promise<void> => {
        const verdict = await checkConnector(connector, options, name);
        if (verdict.result === 'broken') throw new Error(`${verdict.reason} [${name}]`);
        const part = verdict.result === 'passed' ? ' in part' : '';
        if (verdict.reason !== undefined) leftOut.set(name, `left out${part}: ${verdict.reason}`);
      };
      if (reason === undefined) test(title, body, TIMEOUT_MS);
      else {
        leftOut.set(name, `left out: ${reason}`);
        const skip = test.skip ?? test;
        skip(`${title} [left out: ${reason}]`, body, TIMEOUT_MS);
      }
    }
    afterAll(() => {
      for (const [name, said] of leftOut) process.stdout.write(`connector ${connector.id}: ${name} ${said}\n`);
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
