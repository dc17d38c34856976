import { CHECK_NAMES } from '@castellan/connector-testkit';
import { CREDENTIALS, judgeId, judgeName, parseAnswers } from '../turbo/generators/connector/answers.js';
import { RepositoryCopy } from './repository-copy.js';

/** All checks but the one that reads ten thousand pages: what it measures is the same for every credential. */
const WITHOUT_MEMORY = '^(?!.*memory stays flat)';

describe('npx turbo gen connector', () => {
  let copy: RepositoryCopy;
  beforeAll(() => {
    copy = new RepositoryCopy();
  }, 120_000);
  afterAll(() => copy.remove());

  const idOf = (credential: string): string => `nimbus-${credential}`;
  const folderOf = (credential: string): string => `packages/connector-${idOf(credential)}`;

  test.each(CREDENTIALS)(
    'writes a package that signs in by %s',
    (credential) => {
      const answers = [idOf(credential), 'Nimbus', credential, 'accounts,memberships,applications'];
      copy.expect('npx', 'turbo', 'gen', 'connector', '--args', ...answers);
    },
    120_000,
  );

  test('which builds, has right types, right style and an owner', () => {
    copy.expect('npx', 'turbo', 'run', 'build', 'typecheck', ...CREDENTIALS.map((one) => `--filter=./${folderOf(one)}`));
    copy.expect(process.execPath, 'scripts/lint.mjs');
  }, 240_000);

  // What differs between the four is how they sign in: the whole suite on the longest, its online basics on all.
  test.each([
    [CREDENTIALS, 'a full sync gives|testConnection|no secret', 4],
    [['client-credentials'], WITHOUT_MEMORY, CHECK_NAMES.length - 1],
  ] as const)(
    '%j keep the contract (%s)',
    (credentials, names, tests) => {
      const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--testNamePattern', names];
      const said = copy.expect(process.execPath, ...jest, '--selectProjects', ...credentials.map(folderOf));
      expect(said).toContain(`${tests * credentials.length} passed`);
    },
    240_000,
  );

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

  test('does not overwrite what is there', () => {
    const again = copy.spawn('npx', 'turbo', 'gen', 'connector', '--args', idOf('basic'), 'Nimbus', 'basic', 'accounts');
    expect(again.text).toContain(`There is a ${folderOf('basic')} already`);
  });
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
  ])('%j', (wrong, says) => {
    const good = { id: 'acme', name: 'Acme', credential: 'token', streams: ['accounts'] };
    expect(() => parseAnswers({ ...good, ...wrong })).toThrow(says);
    expect(parseAnswers(good).streams).toEqual(['accounts']);
  });
});
