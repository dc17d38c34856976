import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What needs no second look: nothing is loaded from elsewhere, and of what was passed only the number is made. */
const OPTIONS = { resultTypes: ['violations'], preload: false, iframes: false } satisfies RunOptions;

/** Axe takes seconds: a page is looked at by day and by night, on a screen and on a telephone, in one of the two ways to do so in two looks. */
export const LOOKS = [
  [
    ['light', 1280],
    ['dark', 360],
  ],
  [
    ['dark', 1280],
    ['light', 360],
  ],
] as const;

/** Colours on their way from day to night have a contrast that nobody reads: with this sheet there is no way, only the end of it. */
const STILL = `if (!globalThis.still) {
  globalThis.still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets.push(still);
}`;

/**
 * What axe finds serious or critical on the page as it is now, a line each: the rule and where.
 * The page's policy has no say in it: the driver runs scripts past it.
 */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(STILL);
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
