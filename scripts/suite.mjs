/**
 * `npm run suite -- NAME [parts of file names and options of Jest]`: builds, and runs the tests of one package; `NAME` is its folder,
 * e.g. storage.
 */
import { packagesIn } from './packages.mjs';
import { CommandFailed, install, jest, root, turbo } from './workspace.mjs';

const [name, ...options] = process.argv.slice(2);
const folders = packagesIn(root).map(({ folder }) => folder);
const folder = folders.find((one) => one === name || one.endsWith(`/${name}`));
try {
  if (folder === undefined) {
    const names = folders.map((one) => one.slice(one.indexOf('/') + 1)).join(', ');
    throw new CommandFailed(`npm run suite -- NAME: NAME is one of ${names}.`);
  }
  install();
  turbo('build');
  // Last: Jest takes every word behind this option for the name of another project.
  jest([...options, '--selectProjects', folder]);
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  // Jest and turbo have said what is wrong.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
