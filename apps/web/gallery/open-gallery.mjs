/** The gallery in a real browser: forms to look at and to type into, with no host behind them. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { openBrowser } from './browser.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * @returns `page`, and `show`, which puts a form there in place of the one before
 * @throws Error when it cannot be opened; what was started by then is ended
 */
export async function openGallery({ scale = 1 } = {}) {
  const started = [];
  const close = async () => {
    // The browser before the server that it has a page of.
    for (const one of started.toReversed()) await one.close();
  };
  try {
    const vite = await serve();
    started.push(vite);
    await vite.listen();
    const browser = await openBrowser();
    started.push(browser);
    const page = await browser.newPage({ deviceScaleFactor: scale, reducedMotion: 'reduce' });
    // The first page waits until everything is made ready: on a busy machine far longer than any other.
    page.setDefaultTimeout(50_000);
    await page.goto(vite.resolvedUrls.local[0]);
    await page.waitForFunction(() => 'show' in window);
    page.setDefaultTimeout(10_000);
    const show = async (shown) => {
      await page.evaluate((one) => window.show(one), shown);
      await page.locator('#form').waitFor();
    };
    return { page, show, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function serve() {
  return createServer({
    root: FOLDER,
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    server: {
      host: '127.0.0.1',
      port: 0,
      // No watcher: what is looked at does not change meanwhile.
      watch: null,
      hmr: false,
      fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] },
    },
  });
}
