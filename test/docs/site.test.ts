import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { README_PAGES } from '../../docs/.vitepress/repository.js';
import { folderOf } from './temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the documentation is built, and nothing in it is dead, outdated or undescribed', () => {
  const out = folderOf({});
  const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitepress, 'build', 'docs', '--outDir', out], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
  });
  expect({ status, told: `${stdout}${stderr}` }).toEqual({ status: 0, told: expect.stringContaining('build complete') });

  const html = (page: string): string => readFileSync(join(out, `${page}.html`), 'utf8');
  // What is made of other files is there, and what was to be derived was derived.
  expect(html('reference/streams')).toContain('id="streamof"');
  expect(html('connectors/form-fields')).toContain('writeOnly');
  expect(html('connectors/errors')).toContain('href="#rate_limit"');
  for (const { name } of README_PAGES) expect(existsSync(join(out, 'readme', `${name}.html`))).toBe(true);
  for (const file of readdirSync(join(root, 'docs/adr'))) expect(html(`adr/${file.replace(/\.md$/, '')}`)).toContain('<h1');
  expect(html('adr/index')).toContain('adr/0001-record-vocabulary.html');
  // The search finds what is in no file: the text of the reference.
  const assets = join(out, 'assets/chunks');
  const index = readdirSync(assets).find((file) => file.includes('localSearchIndexroot')) ?? '';
  expect(readFileSync(join(assets, index), 'utf8')).toContain('/reference/streams.html#streamof');
}, 300_000);
