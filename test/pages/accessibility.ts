import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What needs no second look: nothing is loaded from elsewhere, and of what was passed only the number is made. */
const OPTIONS = { resultTypes: ['violations'], preload: false, iframes: false } satisfies RunOptions;

/**
 * What axe finds serious or critical on the page as it is now, a line each: the rule and where.
 * The page's policy has no say in it: the driver runs scripts past it.
 */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(SOURCE);
  // `axe` is there since the line above.
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(how: RunOptions): Promise<AxeResults> } }).axe.run(options),
    OPTIONS,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}
