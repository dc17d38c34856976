import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every text of the code that can reach a customer, with `…` for what varies. */
const said = ['connector-okta', 'http-client', 'form-schema']
  .map((name) => join(root, 'packages', name, 'src'))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts'))
  .map((file) =>
    readFileSync(file, 'utf8')
      .replaceAll(/\$\{[^}]*\}/g, '…')
      .replaceAll("\\'", "'"),
  )
  .join('\n');

const guide = readFileSync(join(root, 'docs/okta.md'), 'utf8');
const [, failures = ''] = guide.split('## When something fails');
const quoted = [...failures.matchAll(/^\| `([^`]+)` \|/gm)].map(([, text = '']) => text);

test('the guide tells of failures', () => {
  expect(quoted.length).toBeGreaterThan(20);
});

test.each(quoted)('Castellan says: %s', (text) => {
  expect(said).toContain(text);
});
