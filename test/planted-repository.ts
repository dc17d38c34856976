import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository that these tests belong to. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The folders of our packages, relative to the root. What another branch has left behind has no package.json. */
export const PACKAGES = ['packages', 'apps']
  .flatMap((parent) => readdirSync(join(ROOT, parent)).map((name) => join(parent, name)))
  .filter((folder) => existsSync(join(ROOT, folder, 'package.json')));

export interface Said {
  readonly code: number | null;
  /** Both streams: what a person at a terminal sees. */
  readonly text: string;
}

/** A folder with a few files in which a check of this repository runs, to see that it finds what was planted. */
export class PlantedRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'castellan-planted-'));

  /** Files of this repository, at the same place. */
  bring(...paths: readonly string[]): void {
    for (const path of paths) cpSync(join(ROOT, path), join(this.folder, path), { recursive: true });
  }

  write(path: string, content: string | object): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }

  /** A package of this repository, where Node finds it by its name. */
  link(folder: string, name: string): void {
    const place = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, folder), place);
  }

  /** Runs a program of this repository (`scripts/checks/licences.mjs`) in the planted one. */
  run(program: string, ...args: readonly string[]): Said {
    return this.spawn(process.execPath, join(ROOT, program), ...args);
  }

  spawn(command: string, ...args: readonly string[]): Said {
    // The options of Jest's own process are not for a child.
    const env = { ...process.env, NODE_OPTIONS: '', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: this.folder, encoding: 'utf8', env });
    if (error !== undefined) throw error;
    return { code: status, text: `${stdout}${stderr}` };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
