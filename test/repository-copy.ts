import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, PlantedRepository, ROOT } from './planted-repository.js';

/** The repository once more, in a temporary folder: what is made there has to build and to pass as it would here. */
export class RepositoryCopy extends PlantedRepository {
  /** @param modules `own`: npm may install into it. `linked`: what others have written is that of this repository, at a fraction of the time. */
  constructor(modules: 'own' | 'linked') {
    super();
    const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    this.bring(...files.stdout.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file))));
    this.bring(...PACKAGES.map((folder) => `${folder}/dist`).filter((folder) => existsSync(join(ROOT, folder))));
    for (const folder of ['.', ...PACKAGES]) this.#bringModules(join(folder, 'node_modules'), modules);
    // What turbo has built before: packages that nobody changes need not be built again.
    this.#hardLink('.turbo');
    // turbo and lint look at what git knows.
    this.expect('git', 'init', '--quiet');
    this.expect('git', 'add', '--all');
  }

  /** A package that was written into the copy, where Node finds it by its name: what `npm install` would do. */
  linkOwn(folder: string, name: string): void {
    symlinkSync(join(this.folder, folder), join(this.folder, 'node_modules', name));
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

  /** Links between workspaces are relative, so they lead into the copy. */
  #bringModules(path: string, modules: 'own' | 'linked'): void {
    if (modules === 'own') return this.#hardLink(path);
    const from = join(ROOT, path);
    const to = join(this.folder, path);
    if (!existsSync(from)) return;
    mkdirSync(to);
    for (const name of readdirSync(from)) {
      if (name === '@castellan' || name === 'castellan-cli')
        cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
      else symlinkSync(join(from, name), join(to, name));
    }
  }

  /** Half a gigabyte in a second. */
  #hardLink(path: string): void {
    const from = join(ROOT, path);
    if (existsSync(from)) this.expect('cp', '-al', from, join(this.folder, path));
  }
}
