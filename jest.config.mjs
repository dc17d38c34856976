import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { swc } from './test/typescript/swc.mjs';

const folders = ['packages', 'apps'].flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));

/** Whose tests ask for a database: one server for all of them, and none where nobody asks. */
const WITH_DATABASE = [
  '.',
  'packages/access',
  'packages/incidents',
  'packages/posture',
  'packages/storage',
  'apps/cli',
  'apps/host',
];
const database = {
  globalSetup: join(import.meta.dirname, 'test/postgres/start.mjs'),
  globalTeardown: join(import.meta.dirname, 'test/postgres/stop.mjs'),
};

/** One project a package: a test names the package's own files by path and every other package by name (its build). */
const project = (folder) => ({
  displayName: folder === '.' ? 'repository' : folder,
  rootDir: folder,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: join(import.meta.dirname, 'test/typescript/environment.mjs'),
  extensionsToTreatAsEsm: ['.ts'],
  // TypeScript's ESM imports say `.js`; the file on disk is `.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', swc] },
  ...(WITH_DATABASE.includes(folder) ? database : {}),
});

export default {
  projects: ['.', ...folders].filter((folder) => existsSync(join(folder, 'test'))).map(project),
  testSequencer: './test/sequencer.mjs',
  // What hangs is ended; what is slow beside two other suites is not wrong.
  testTimeout: 120_000,
  // Of two cores: while one waits for a program, a poll or a time-out, another has work. With four the whole was a sixth quicker,
  // until suites that start many programs came together: then what is saved was live after half a minute.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // The modules of every file stay in the worker's heap, and each collection of garbage goes through all of it: with 2 GB a check
  // that takes 20 seconds alone took more than 120. A new worker begins by loading everything, which costs less.
  workerIdleMemoryLimit: '350MB',
};
