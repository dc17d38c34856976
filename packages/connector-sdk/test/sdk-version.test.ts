import { readFileSync } from 'node:fs';
import { SDK_VERSION } from '../src/index.js';

test('the version that connectors are made with is that of the package', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ version: SDK_VERSION });
});
