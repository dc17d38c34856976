/** The gallery in a real browser: forms to look at and to type into, with no host behind them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** Where systems put a browser. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Without them it asks its maker's servers for news, and waits where there is no way out. */
const ALONE = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The machine's own browser or, where there is none, the one that comes with the packages. */
export async function openBrowser() {
  const own = INSTALLED.find((path) => existsSync(path));
  if (own !== undefined)
    return chromium.launch({ executablePath: own, args: [...ALONE, '--no-sandbox', '--disable-gpu', '--disable-quic'] });
  const { default: bundled } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await bundled.executablePath(), args: [...bundled.args, ...ALONE] });
}

/** @returns `page`, and `show`, which puts a form there in place of the one before */
export async function openGallery({ scale = 1 } = {}) {
  // No watcher: what is looked at does not change meanwhile.
  const vite = await createServer({
    root: FOLDER,
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    server: {
      host: '127.0.0.1',
      port: 0,
      watch: null,
      hmr: false,
      fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] },
    },
  });
  await vite.listen();
  const browser = await openBrowser();
  const page = await browser.newPage({ deviceScaleFactor: scale });
  page.setDefaultTimeout(10_000);
  await page.goto(vite.resolvedUrls.local[0]);
  await page.waitForFunction(() => 'show' in window);
  return {
    page,
    async show(shown) {
      await page.evaluate((one) => window.show(one), shown);
      await page.locator('#form').waitFor();
    },
    async close() {
      await browser.close();
      await vite.close();
    },
  };
}
