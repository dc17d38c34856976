import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-boundaries-'));
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the lint of this repository says of a file at this place. */
function lint(file: string, code: string): string {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), code);
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  return spawnSync(process.execPath, [oxlint, '--deny-warnings', file], { cwd: folder, encoding: 'utf8' }).stdout;
}

const importing = (name: string) => `import { x } from '${name}';\nexport const y = x;\n`;

test.each([
  ['a static import of a connector', 'apps/host/src/x.ts', '@castellan/connector-okta', 'found by their marker'],
  ['a deep import', 'apps/host/src/x.ts', '@castellan/storage/dist/x.js', 'by its name'],
  ['a connector that knows NestJS', 'packages/connector-okta/src/x.ts', '@nestjs/common', 'neither framework'],
  ['a connector that knows TypeORM', 'packages/connector-okta/src/x.ts', 'typeorm', 'neither framework'],
  ['a connector that reads files', 'packages/connector-okta/src/x.ts', 'node:fs', 'through its context'],
  ['a connector that imports the engine', 'packages/connector-okta/src/x.ts', '@castellan/sync-engine', 'nothing else of ours'],
  ['the contract importing the engine', 'packages/connector-sdk/src/x.ts', '@castellan/sync-engine', 'nothing else of ours'],
  ['the ground floor importing the contract', 'packages/form-schema/src/x.ts', '@castellan/connector-sdk', 'ground floor'],
  ['the engine importing an adapter', 'packages/sync-engine/src/x.ts', '@castellan/storage', 'over its ports'],
  ['an adapter importing another', 'packages/storage/src/x.ts', '@castellan/scheduling', 'no other package'],
  [
    'the testkit importing the engine',
    'packages/connector-testkit/src/x.ts',
    '@castellan/sync-engine',
    'serves every connector',
  ],
  [
    'the simulator sharing code with what it tests',
    'packages/okta-simulator/src/x.ts',
    '@castellan/form-schema',
    'must not share',
  ],
])('%s is refused', (_, file, name, why) => {
  expect(lint(file, importing(name))).toContain(why);
});

test('what each may import is let through', () => {
  const none = 'Found 0 warnings and 0 errors.';
  expect(lint('packages/connector-okta/src/x.ts', importing('@castellan/connector-sdk'))).toContain(none);
  expect(lint('packages/connector-sdk/src/x.ts', importing('@castellan/form-schema'))).toContain(none);
  expect(lint('packages/storage/src/x.ts', importing('@castellan/sync-engine'))).toContain(none);
  expect(lint('apps/host/src/x.ts', importing('@castellan/storage'))).toContain(none);
  expect(lint('packages/connector-testkit/src/x.ts', importing('node:http'))).toContain(none);
  expect(lint('apps/cli/src/x.ts', importing('@castellan/connector-testkit/replay'))).toContain(none);
});

test('a connector that reads the environment is refused', () => {
  expect(lint('packages/connector-okta/src/x.ts', 'export const y = process.env;\n')).toContain('no-process-env');
});
