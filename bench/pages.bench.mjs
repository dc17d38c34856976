/**
 * The pages of a large organisation in a real browser: tables, search and the first look. Browser, host and PostgreSQL share
 * this machine, and there is no graphics card. Figures, no limits: they say more about the machine than about a change.
 * `npm run bench -- pages [accounts] [times]`
 */
import { join } from 'node:path';
import { keyFromText, openStorage } from '@castellan/storage';
import pg from 'pg';
import { openBrowser } from '../apps/web/gallery/browser.mjs';
import { fillDirectory } from './api/directory.mjs';
import { initialCode } from './pages/initial-code.mjs';
import { instruments, median, p95 } from './pages/measures.mjs';
import { ADMINISTRATOR, note, startHost, temporaryFolder } from './stack.mjs';

const [accounts = 100_000, times = 7] = process.argv.slice(2).map(Number);
const KEY = 'ab'.repeat(32);
const TABLE = '/records/account';
const SCROLL_SECONDS = 8;
const silent = { debug() {}, info() {}, warn() {}, error: (...said) => note(JSON.stringify(said)) };
/** A slow laptop on a good line. */
const SLOW_CPU = 4;
const LINE = { offline: false, latency: 5, downloadThroughput: 12_500_000, uploadThroughput: 12_500_000 };

async function signedIn(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(instruments);
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/integrations');
  return page;
}

const follow = (page, path) => page.evaluate((to) => globalThis.instruments.follow(to), path);

/**
 * From another page to the table: without the code of tables (which the browser keeps as a file), with the code but without
 * rows, and with rows.
 */
async function opening(page, origin) {
  const code = [];
  const first = [];
  const again = [];
  for (let turn = 0; turn <= times; turn += 1) {
    await page.goto(`${origin}/integrations`);
    await page.getByRole('link', { name: 'Accounts' }).waitFor();
    await page.waitForLoadState('networkidle');
    code.push(await follow(page, '/records/group'));
    await page.waitForLoadState('networkidle');
    first.push(await follow(page, TABLE));
    await page.evaluate(() => document.querySelector('nav a[href="/integrations"]').click());
    await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    again.push(await follow(page, TABLE));
  }
  // The very first turn has warmed the host.
  const [withCodeMs, firstRowsMs, cachedRouteMs] = [code, first, again].map((taken) => median(taken.slice(1)));
  return { withCodeMs, firstRowsMs, cachedRouteMs, firstRowsAll: first.map(Math.round), cachedAll: again.map(Math.round) };
}

async function scrolling(page) {
  const scrollBar = await page.evaluate((seconds) => globalThis.instruments.drag(seconds), SCROLL_SECONDS);
  await page.evaluate(() => globalThis.instruments.jump(0));
  await page.mouse.move(700, 500);
  const counting = page.evaluate((seconds) => globalThis.instruments.watch(seconds), SCROLL_SECONDS);
  const end = performance.now() + SCROLL_SECONDS * 1_000;
  while (performance.now() < end) await page.mouse.wheel(0, 240);
  return { scrollBar, wheel: await counting };
}

async function jumping(page) {
  const taken = [];
  for (let turn = 0; turn < times; turn += 1)
    taken.push(await page.evaluate((share) => globalThis.instruments.jump(share), 0.5 + turn / 50));
  return median(taken);
}

async function searching(page) {
  const taken = [];
  for (let turn = 0; turn < times * 3; turn += 1) {
    const login = `person.${Math.floor((accounts / (times * 3 + 1)) * (turn + 1))}@`;
    taken.push(await page.evaluate((text) => globalThis.instruments.search(text), login));
  }
  return { p50: median(taken), p95: p95(taken) };
}

/** A first visit with nothing kept, on a slow processor: when the largest part of the page has been drawn. */
async function coldLoad(page, origin) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const taken = [];
  for (let turn = 0; turn < Math.min(times, 5); turn += 1) {
    await page.goto('about:blank');
    await session.send('Network.clearBrowserCache');
    await session.send('Network.emulateNetworkConditions', LINE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
    await page.goto(`${origin}${TABLE}`);
    await page.evaluate(() => globalThis.instruments.until(performance.now(), globalThis.instruments.filled));
    await page.waitForTimeout(1_000);
    taken.push(await page.evaluate(largestPaint));
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return { lcpMs: median(taken), lcpAll: taken.map(Math.round) };
}

function largestPaint() {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime));
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

async function tidy(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

async function measured(page, origin) {
  const opened = await opening(page, origin);
  note(JSON.stringify(opened));
  const scrolled = await scrolling(page);
  note(JSON.stringify(scrolled));
  const jumpToRowsMs = await jumping(page);
  const search = await searching(page);
  note(JSON.stringify({ jumpToRowsMs, search }));
  const cold = await coldLoad(page, origin);
  return { ...opened, ...scrolled, jumpToRowsMs, searchMs: search, ...cold, initialCodeKb: initialCode() };
}

const folder = temporaryFolder();
const storage = await openStorage({ dataDir: join(folder.path, 'postgres'), key: keyFromText(KEY), logger: silent });
try {
  await fillDirectory(storage, { accounts, memberships: accounts, events: 10_000 });
  await tidy(storage.databaseUrl);
  const env = { DATABASE_URL: storage.databaseUrl, CASTELLAN_KEY: KEY, CASTELLAN_POLL_SECONDS: '0', CASTELLAN_PAGES: 'on' };
  const host = await startHost(join(folder.path, 'host'), 'http://127.0.0.1', env, 'bench/unlimited-host.mjs');
  const browser = await openBrowser();
  try {
    const { origin } = new URL(host.base);
    const result = await measured(await signedIn(browser, origin), origin);
    process.stdout.write(`${JSON.stringify({ benchmark: 'pages', accounts, ...result })}\n`);
  } finally {
    await browser.close();
    await host.stop();
  }
} finally {
  await storage.close();
  folder.remove();
}
