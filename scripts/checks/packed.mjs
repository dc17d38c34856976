/**
 * What `npm pack` would put into each package: that every file it promises is there and of the right kind (publint), and that its
 * types lead to the same modules as its code (attw; as ESM only: neither `require` nor the resolution of before Node 12).
 * Run in the root of a repository, after a build.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packagesIn } from '../packages.mjs';
import { verdict } from './verdict.mjs';

const ESM_ONLY = new Set(['node16-esm', 'bundler']);

/** One call for all: npm takes longer to start than to pack. @returns by the name of the package */
function pack(into) {
  const args = ['pack', '--workspaces', '--json', '--ignore-scripts', '--pack-destination', into];
  const shell = process.platform === 'win32';
  const packed = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'pipe'] }));
  return new Map(packed.map(({ name, filename }) => [name, readFileSync(join(into, filename))]));
}

async function formProblems(manifest, tarball) {
  const { buffer, byteOffset, byteLength } = tarball;
  // `package` is the folder in every tarball of npm.
  const { messages } = await publint({
    pkgDir: 'package',
    pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) },
  });
  return messages.map((message) => formatMessage(message, manifest, { color: false }));
}

async function typeProblems(tarball) {
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (types === false) return ['no types at all'];
  return problems
    .filter(({ resolutionKind }) => resolutionKind === undefined || ESM_ONLY.has(resolutionKind))
    .map((problem) => JSON.stringify(problem, (key, value) => (key === 'trace' ? undefined : value)));
}

const folder = mkdtempSync(join(tmpdir(), 'castellan-packed-'));
const problems = [];
try {
  const tarballs = pack(folder);
  for (const { folder: place, manifest } of packagesIn(process.cwd())) {
    const tarball = tarballs.get(manifest.name);
    const shown = Object.keys(manifest.exports ?? {}).some((path) => path !== './package.json');
    const found = [...(await formProblems(manifest, tarball)), ...(shown ? await typeProblems(tarball) : [])];
    problems.push(...found.map((problem) => `${place}: ${problem}`));
  }
} finally {
  rmSync(folder, { recursive: true });
}
verdict(problems, 'A package that is installed would miss this: see "exports", "types" and "files" of its package.json.');
