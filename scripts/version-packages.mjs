/** `npm run version-packages`: changesets become versions and changelogs, and what is derived from a version follows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, run, tool } from './workspace.mjs';

install();
run(tool('changeset'), ['version']);

const sdk = join(root, 'packages', 'connector-sdk');
const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
const file = join(sdk, 'src', 'sdk-version.ts');
// A constant and not a reading of package.json: the contract opens no files, and browsers cannot.
const code = readFileSync(file, 'utf8').replace(/SDK_VERSION = '.*'/, `SDK_VERSION = '${version}'`);
writeFileSync(file, code);

run('npm', ['install', '--package-lock-only', '--ignore-scripts']);
run(process.execPath, [join(root, 'scripts', 'snapshots.mjs')]);
