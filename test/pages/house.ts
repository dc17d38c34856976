import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migratedDatabase } from '@castellan/storage/testing';
import type { Simulator, startSimulator } from '@castellan/okta-simulator';
import type { Host, HostSettings } from '@castellan/host';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Caller } from './caller.js';
import { Violations } from './violations.js';

declare global {
  /** Given by the tests' environment: Node itself loads the module, once for all files of a worker. */
  var loadOnce: (specifier: string) => Promise<unknown>;
}

// Nothing is checked here: each type names the module beside it.
const loadHost = () => loadOnce('@castellan/host') as Promise<typeof import('@castellan/host')>;
const loadSimulator = () => loadOnce('@castellan/okta-simulator') as Promise<typeof import('@castellan/okta-simulator')>;
const loadBrowser = () =>
  loadOnce('../apps/web/gallery/browser.mjs') as Promise<typeof import('../../apps/web/gallery/browser.mjs')>;
const { quickFolder } = (await import('../postgres/quick-folder.mjs' as string)) as { quickFolder: () => string };

const SETUP_TOKEN = 'the set-up token of the tests';
/** The first administrator, where a test does not make one by hand. */
export const ADMINISTRATOR = {
  email: 'ada@acme.example',
  name: 'Ada Quint',
  password: 'correct horse battery staple',
};

/**
 * A host with its pages, simulated organisations, and a browser to look at it with: one for a file of tests. Whatever a page did
 * against its policy, or threw, fails the test that looked at it.
 */
export class House {
  readonly #folder: string;
  readonly #simulators: Simulator[] = [];
  readonly #violations = new Violations();
  readonly #settings: HostSettings;
  #host: Host;
  #browser: Browser;

  private constructor(folder: string, settings: HostSettings, host: Host, browser: Browser) {
    this.#folder = folder;
    this.#settings = settings;
    this.#host = host;
    this.#browser = browser;
  }

  /** @param more of the settings of the host */
  static async open(more: Partial<HostSettings> = {}): Promise<House> {
    // By this name a later run finds and removes what a killed one has left.
    const folder = mkdtempSync(join(quickFolder(), `castellan-postgres-${process.pid}-pages-`));
    chmodSync(folder, 0o711);
    const settings: HostSettings = {
      port: 0,
      address: '127.0.0.1',
      trustedProxies: [],
      dataDir: folder,
      databaseUrl: await migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']),
      allowedHosts: ['127.0.0.1'],
      allowedWebhookHosts: ['127.0.0.1'],
      logLevel: 'silent',
      production: false,
      pollSeconds: 0,
      setupToken: SETUP_TOKEN,
      sessions: { idleSeconds: 3_600, absoluteSeconds: 43_200 },
      leaseMs: 1_500,
      pages: true,
      ...more,
    };
    const [{ startHost }, { openBrowser }] = await Promise.all([loadHost(), loadBrowser()]);
    const host = await startHost(settings);
    return new House(folder, settings, host, await openBrowser());
  }

  get url(): string {
    return this.#host.url;
  }

  get databaseUrl(): string {
    return this.#host.databaseUrl;
  }

  get setupToken(): string {
    return SETUP_TOKEN;
  }

  /** Makes the first administrator, past the pages. @returns who asks the API in that name */
  async setUp(): Promise<Caller> {
    const caller = new Caller(this.url);
    await caller.post('/set-up', { token: SETUP_TOKEN, workspace: 'Acme', ...ADMINISTRATOR });
    return caller;
  }

  /** A simulated organisation, gone with the house. */
  async simulate(options: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
    const { startSimulator: start } = await loadSimulator();
    const simulator = await start(options);
    this.#simulators.push(simulator);
    return simulator;
  }

  /** A browser of its own: no cookie, nothing remembered. Watched for violations. */
  async visit(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    // A machine that runs other suites besides is slow, and not wrong.
    page.setDefaultTimeout(45_000);
    await this.#violations.watch(page);
    await page.goto(this.url + path);
    return page;
  }

  /** The same with a session that was begun elsewhere: the page of the sign-in, which `door.test.ts` goes through, is not opened. */
  async visitAs(
    who: { readonly email: string; readonly password: string },
    path = '/',
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const caller = new Caller(this.url, `Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/${this.#browser.version()}`);
    await caller.post('/session', { email: who.email, password: who.password });
    const { name, value } = caller.cookie;
    const cookie = {
      name,
      value,
      domain: '127.0.0.1',
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      expires: -1,
    } as const;
    return this.visit(path, { ...options, storageState: { cookies: [cookie], origins: [] } });
  }

  /** The host goes away and comes back at the same address, with the same data. */
  async restart(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.#host.close();
    await meanwhile();
    const { startHost } = await loadHost();
    this.#host = await startHost({ ...this.#settings, port });
  }

  /** What pages did that they must not, since it was last asked. */
  violations(): readonly string[] {
    return this.#violations.take();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#host.close();
    await Promise.all(this.#simulators.map((simulator) => simulator.close()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
