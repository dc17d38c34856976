import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadBrowser } from './load-gallery.js';

describe('the browser of the gallery', () => {
  const on = async (platform: NodeJS.Platform, arch: NodeJS.Architecture, env: NodeJS.ProcessEnv, there: readonly string[]) => {
    const { findBrowser } = await loadBrowser();
    return findBrowser({ platform, arch, env, exists: (path) => there.includes(String(path).replaceAll('\\', '/')) });
  };

  test('is the one that is named', async () => {
    expect(await on('linux', 'x64', { CASTELLAN_BROWSER: '/opt/b' }, ['/opt/b', '/usr/bin/chromium'])).toBe('/opt/b');
    await expect(on('linux', 'x64', { CASTELLAN_BROWSER: '/opt/b' }, ['/usr/bin/chromium'])).rejects.toThrow('/opt/b');
  });

  test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
    ['linux', {}, '/usr/bin/google-chrome'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['win32', { PROGRAMFILES: 'C:/Program Files' }, 'C:/Program Files/Google/Chrome/Application/chrome.exe'],
  ])('is where %s has it', async (platform, env, place) => {
    const found = await on(platform, 'arm64', env, [place]);
    expect(found?.replaceAll('\\', '/')).toBe(place);
  });

  test('comes with the packages where there is none, or what to install is said', async () => {
    expect(await on('linux', 'x64', {}, [])).toBeUndefined();
    await expect(on('linux', 'arm64', {}, [])).rejects.toThrow('Install Chrome or Chromium');
    await expect(on('darwin', 'x64', {}, [])).rejects.toThrow('CASTELLAN_BROWSER');
  });

  test('when it does not start, nothing else goes on', () => {
    const open = fileURLToPath(new URL('../gallery/open-gallery.mjs', import.meta.url));
    const program = `
      const { openGallery } = await import(${JSON.stringify(open)});
      await openGallery().catch((error) => process.stdout.write(error.message));`;
    // A program that ends at once, and that is no browser.
    const env = { ...process.env, NODE_OPTIONS: '', CASTELLAN_BROWSER: process.execPath };
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      env,
      encoding: 'utf8',
      timeout: 25_000,
    });
    expect(stdout).toContain('launch');
    expect(status).toBe(0);
  });
});
