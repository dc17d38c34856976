import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Without them it asks its maker's servers for news, and waits where there is no way out. */
const ALONE = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Where systems put a browser, the one in `CASTELLAN_BROWSER` before all others. */
function places(platform, env) {
  if (env.CASTELLAN_BROWSER) return [env.CASTELLAN_BROWSER];
  if (platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) =>
        ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) => join(folder, file)),
      );
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
    (name) => `/usr/bin/${name}`,
  );
}

/**
 * @returns the path of a browser, or `undefined` where the one that comes with the packages has to do
 * @throws Error where there is neither
 */
export function findBrowser({ platform = process.platform, arch = process.arch, env = process.env, exists = existsSync } = {}) {
  const found = places(platform, env).find((path) => exists(path));
  if (found !== undefined) return found;
  if (env.CASTELLAN_BROWSER) throw new Error(`CASTELLAN_BROWSER: there is no file ${env.CASTELLAN_BROWSER}.`);
  if (platform === 'linux' && arch === 'x64') return undefined;
  throw new Error('No browser was found. Install Chrome or Chromium, or name the program of one in CASTELLAN_BROWSER.');
}

/** The machine's own browser or, where there is none, the one that comes with the packages. @throws Error where there is neither */
export async function openBrowser() {
  const own = findBrowser();
  if (own !== undefined)
    return chromium.launch({ executablePath: own, args: [...ALONE, '--no-sandbox', '--disable-gpu', '--disable-quic'] });
  const { default: bundled } = await import('@sparticuz/chromium');
  // In one process, which saves memory where it was made for, it goes down with the first window that is closed.
  const args = bundled.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath: await bundled.executablePath(), args: [...args, ...ALONE] });
}
