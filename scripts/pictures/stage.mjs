import { chmodSync } from 'node:fs';
import { startHost } from '@castellan/host';
import { startSimulator } from '@castellan/okta-simulator';
import { openBrowser } from '../../apps/web/gallery/browser.mjs';
import { Api } from '../local/api.mjs';

const TOKEN = 'the set-up token of the pictures';
export const ADA = { email: 'ada@acme.example', name: 'Ada Quint', password: 'correct horse battery staple' };

/** A host with its pages, simulated organisations and a browser, for pictures. */
export class Stage {
  #closers = [];
  #browser;
  url;
  api;

  /** @param data an empty folder, for the database */
  static async open(data) {
    const stage = new Stage();
    // The account of the database passes through.
    chmodSync(data, 0o711);
    const host = await startHost({
      port: 0,
      address: '127.0.0.1',
      trustedProxies: [],
      dataDir: data,
      allowedHosts: ['127.0.0.1'],
      allowedWebhookHosts: ['127.0.0.1'],
      logLevel: 'silent',
      production: false,
      pollSeconds: 0,
      setupToken: TOKEN,
      sessions: { idleSeconds: 3_600, absoluteSeconds: 43_200 },
      pages: true,
    });
    stage.#closers.push(() => host.close());
    stage.url = host.url;
    stage.api = new Api(`${host.url}/api`);
    stage.#browser = await openBrowser();
    stage.#closers.push(() => stage.#browser.close());
    return stage;
  }

  get setupToken() {
    return TOKEN;
  }

  async simulate(options) {
    const simulator = await startSimulator(options);
    this.#closers.push(() => simulator.close());
    return simulator;
  }

  /** A page in a browser of its own; its look follows the system's, so that an album can change it. */
  async visit(path) {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(this.url + path);
    return page;
  }

  async visitAs({ email, password }, path) {
    const page = await this.visit('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await page.goto(this.url + path);
    return page;
  }

  /** The newest run of an integration is over. @param run this one, where one before it may still be the newest */
  async settled(id, run) {
    for (;;) {
      const { status, lastRun } = await this.api.call('GET', `/integrations/${id}`);
      const isOver = lastRun?.finishedAt !== null && (run === undefined || lastRun?.id === run);
      if (isOver && !['never_synced', 'syncing'].includes(status.state)) return status;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close() {
    for (const close of this.#closers.toReversed()) await close();
  }
}
