/** `npm run docs` serves the documentation while it is written; `npm run docs:build` makes it and checks it. */
import { CommandFailed, install, run, tool, turbo } from './workspace.mjs';

const [command = 'dev', ...options] = process.argv.slice(2);
try {
  install();
  // Tables of the pages are made by running these packages.
  turbo('build', '--filter=@castellan/connector-*');
  run(tool('vitepress'), [command, 'docs', ...options]);
} catch (error) {
  // What went wrong has been said by the program that failed; Ctrl-C ends the server and is no failure.
  if (!(error instanceof CommandFailed)) throw error;
  process.exitCode = command === 'dev' ? 0 : 1;
}
