import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { Controller, Get } from '@nestjs/common';
import { EdgeApp } from './edge-app.js';

@Controller('things')
class ThingsController {
  @Get()
  list(): unknown {
    return { items: [] };
  }
}

const HTML = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__" /><div id="root"></div>';
const SCRIPT = 'console.log("a script of the build");'.repeat(20);
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const outside = mkdtempSync(join(tmpdir(), 'castellan-pages-'));
const folder = join(outside, 'dist');
let app: EdgeApp;
let headless: EdgeApp;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), HTML);
  writeFileSync(join(folder, 'castellan.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(outside, 'secret.txt'), 'not for the web');
  const parts = { controllers: [ThingsController] };
  [app, headless] = await Promise.all([EdgeApp.start(parts, {}, folder), EdgeApp.start(parts)]);
});
afterAll(async () => {
  await Promise.all([app.close(), headless.close()]);
  rmSync(outside, { recursive: true });
});

const nonceOf = (text: string): string => /csp-nonce" content="([^"]+)"/.exec(text)?.[1] ?? '';

test.each(['/', '/integrations', '/integrations/7/runs', '/index.html'])('a browser gets the page at %s', async (path) => {
  const { status, headers, text } = await app.raw(path, BROWSER);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-frame-options']).toBe('DENY');
  const nonce = nonceOf(text);
  expect(nonce).toMatch(/^[\w+/]{22}==$/);
  const policy = headers['content-security-policy'] ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`]),
  );
  expect(policy).not.toMatch(/unsafe|\*|https?:|strict-dynamic/);
});

test('each answer has a nonce of its own', async () => {
  const nonces = await Promise.all([1, 2, 3].map(async () => nonceOf((await app.raw('/', BROWSER)).text)));
  expect(new Set(nonces).size).toBe(3);
});

test('a file of the build is kept for good, and sent compressed to who can read that', async () => {
  const plain = await app.raw('/assets/index-abc.js');
  expect(plain).toMatchObject({ status: 200, text: SCRIPT });
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  const small = await app.raw('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: expect.stringContaining('Accept-Encoding') });
  // Its name stays when its content changes.
  expect((await app.raw('/castellan.svg')).headers['cache-control']).toBe('no-cache');
});

test.each([
  '/assets/index-old.js',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/.env',
])('there is no file %s', async (path) => {
  const { status, text } = await app.raw(path, BROWSER);
  expect(status).toBe(404);
  expect(text).not.toContain('not for the web');
});

test('programs are told that there is nothing, and the API is as ever', async () => {
  const unknown = await app.raw('/integrations');
  expect([unknown.status, unknown.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  expect((await app.raw('/api/things', BROWSER)).text).toBe('{"items":[]}');
  expect((await app.raw('/api/nothing', BROWSER)).status).toBe(404);
  expect((await app.raw('/', { ...BROWSER, 'content-type': 'application/json' }, '{}', 'POST')).status).toBe(404);
});

test('a page is shown under our own name only', async () => {
  expect((await app.raw('/', { ...BROWSER, host: 'rebound.example' })).status).toBe(403);
  expect((await app.raw('/assets/index-abc.js', { host: 'rebound.example' })).status).toBe(403);
});

test('a host without pages has its API alone', async () => {
  const { status, text } = await headless.raw('/', BROWSER);
  expect(status).toBe(404);
  expect(text).toContain('The API is below /api.');
});
