import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, PlantedRepository, ROOT } from './planted-repository.js';

/** The repository once more, in a temporary folder: what is made there has to build and to pass as it would here. */
export class RepositoryCopy extends PlantedRepository {
  constructor() {
    super();
    const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    this.bring(...files.stdout.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file))));
    this.bring(...PACKAGES.map((folder) => `${folder}/dist`).filter((folder) => existsSync(join(ROOT, folder))));
    // Hard links: half a gigabyte in a second. Links between workspaces are relative, so they lead into the copy.
    this.expect('cp', '-al', join(ROOT, 'node_modules'), this.folder);
    // turbo and lint look at what git knows.
    this.expect('git', 'init', '--quiet');
    this.expect('git', 'add', '--all');
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** @returns what it says @throws Error with that, when it ends with another status than 0 */
  expect(command: string, ...args: readonly string[]): string {
    const { code, text } = this.spawn(command, ...args);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${text.slice(-8_000)}`);
    return text;
  }
}
