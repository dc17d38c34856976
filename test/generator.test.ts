import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECK_NAMES } from '@castellan/connector-testkit';
import { CREDENTIALS, judgeId, judgeName, parseAnswers } from '../turbo/generators/connector/answers.js';
import { writeConnector } from '../turbo/generators/connector/write-connector.js';
import { PlantedRepository } from './planted-repository.js';
import { RepositoryCopy } from './repository-copy.js';

const idOf = (credential: string): string => `nimbus-${credential}`;
const folderOf = (credential: string): string => `packages/connector-${idOf(credential)}`;
const given = (credential: string) => ({ id: idOf(credential), name: 'Nimbus', credential, address: addressOf(credential) });
/** One of them is a provider with one address for everybody. */
const addressOf = (credential: string): string => (credential === 'client-credentials' ? 'https://api.nimbus.example' : 'own');
const STREAMS = ['accounts', 'memberships', 'applications'];

/** The longest way to sign in with the whole suite, less the check that reads ten thousand pages; of the others what signing in decides. */
const LONGEST = idOf('client-credentials');
const CHECKS = `(${LONGEST}(?!.*memory stays flat))|a full sync gives|testConnection|no secret`;
const CHECKS_OF_OTHERS = 4;
/** A new connector has no part that is read again, no delta and no action. */
const SKIPPED = 3;

/** What `npx turbo gen connector` writes; the command itself, and what a person does next, is in `docs/first-connector.test.ts`. */
describe('a new connector', () => {
  let copy: RepositoryCopy;
  beforeAll(async () => {
    copy = new RepositoryCopy('linked');
    for (const credential of CREDENTIALS) {
      await writeConnector(copy.folder, parseAnswers({ ...given(credential), streams: STREAMS }));
      copy.linkOwn(folderOf(credential), `@castellan/connector-${idOf(credential)}`);
    }
    copy.expect('npx', 'biome', 'format', '--write', ...CREDENTIALS.map(folderOf)); // as the command does
  }, 120_000);
  afterAll(() => copy.remove());

  test('builds, has right types, right style and an owner', () => {
    const folders = CREDENTIALS.map(folderOf);
    copy.expect('npx', 'turbo', 'run', 'build', 'typecheck', ...folders.map((one) => `--filter=./${one}`));
    copy.expect('npx', 'oxlint', '--deny-warnings', ...folders);
    copy.expect(process.execPath, 'scripts/checks/code-owners.mjs');
  }, 240_000);

  test('keeps the contract, whatever it signs in with', () => {
    const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--testNamePattern', CHECKS];
    const said = copy.expect(process.execPath, ...jest, '--selectProjects', ...CREDENTIALS.map(folderOf));
    const tests = CHECK_NAMES.length - SKIPPED - 1 + CHECKS_OF_OTHERS * (CREDENTIALS.length - 1);
    expect(said).toContain(`${tests} passed`);
  }, 240_000);

  test('is found by the command line, and its form is what was asked for', () => {
    const said = copy.expect(process.execPath, 'apps/cli/bin/castellan.js', 'spec', idOf('basic'));
    expect(JSON.parse(said.slice(0, said.lastIndexOf('}') + 1))).toMatchObject({
      displayName: 'Nimbus',
      scopes: ['applications:read', 'groups:read', 'users:read'],
      form: { secrets: ['password'], addresses: ['address'], schema: { required: ['address', 'username', 'password'] } },
    });
    // Members are listed group by group, so groups come with them.
    expect(copy.read(`${folderOf('basic')}/src/connector.ts`)).toContain('[accounts, groups, memberships, applications]');
  });

  test('does not overwrite what is there', async () => {
    const again = parseAnswers({ ...given('basic'), streams: STREAMS });
    await expect(writeConnector(copy.folder, again)).rejects.toThrow(`There is a ${folderOf('basic')} already`);
  });
});

test('the owners of a new package stand below those of the other connectors, in their column', async () => {
  const planted = new PlantedRepository();
  planted.bring('.github/CODEOWNERS', 'apps/host/package.json', 'apps/cli/package.json');
  try {
    const answers = parseAnswers({ id: 'nimbus', name: 'Nimbus', credential: 'token', streams: ['accounts'], address: 'own' });
    await writeConnector(planted.folder, answers);
    const lines = readFileSync(join(planted.folder, '.github/CODEOWNERS'), 'utf8').split('\n');
    const at = lines.findIndex((line) => line.startsWith('/packages/connector-nimbus/'));
    expect(lines[at]).toMatch(/\/ +@/);
    expect(lines[at]?.indexOf('@')).toBe(lines[at - 1]?.indexOf('@'));
  } finally {
    planted.remove();
  }
});

describe('answers that cannot be', () => {
  test.each(['Acme', 'acme_directory', '-acme', '9lives', '', 'sdk', 'testkit', 12])('the id %j', (id) => {
    expect(judgeId(id)).toEqual(expect.any(String));
  });

  test.each(['', "Acme'; drop", 'Acme `x`', 'a'.repeat(80), '${x}'])('the name %j', (name) => {
    expect(judgeName(name)).toEqual(expect.any(String));
  });

  test.each([
    [{ credential: 'magic' }, 'kind of credential is one of'],
    [{ streams: [] }, 'at least one stream'],
    [{ streams: ['devices'] }, 'at least one stream'],
    [{ address: 'http://api.example.com' }, 'The address is "own"'],
    [{ address: 'https://api.example.com/v1' }, 'The address is "own"'],
  ])('%j', (wrong, says) => {
    const good = { id: 'acme', name: 'Acme', credential: 'token', streams: ['accounts'], address: 'own' };
    expect(() => parseAnswers({ ...good, ...wrong })).toThrow(says);
    expect(parseAnswers(good).streams).toEqual(['accounts']);
  });
});
