import { type Answers, classPrefix, type StreamName } from './answers.js';
import { CREDENTIAL_CODE } from './credentials.js';

/** Files of `test`: a fake provider that works, and the conformance suite against it. */
export function testFiles(answers: Answers): Readonly<Record<string, string>> {
  return {
    [`test/${answers.id}-provider.ts`]: providerFile(answers),
    'test/conformance.test.ts': conformanceFile(answers),
  };
}

function conformanceFile({ id, credential, origin }: Answers): string {
  const provider = `${lower(classPrefix(id))}Provider`;
  const { settings } = CREDENTIAL_CODE[credential];
  const config =
    origin === undefined
      ? `config: ({ url, tenant }) => ({ address: url, ${settings} }),`
      : `config: ({ tenant }) => ({ ${settings} }),
  // What the connector sends there goes to the fake provider.
  origin: '${origin}',`;
  return `import { describeConnector } from '@castellan/connector-testkit';
import { connector } from '../src/index.js';
import { ${provider} } from './${id}-provider.js';

describeConnector(connector, {
  upstream: ${provider},
  ${config}
});
`;
}

interface ListCode {
  readonly makers: string;
  readonly objects: string;
  readonly route: string;
  readonly holds: string;
}

const LISTS: Readonly<Record<StreamName, ListCode>> = {
  accounts: {
    makers: `function userOf(tenant: string, index: number): { readonly id: string } {
  const login = \`person\${index}@\${tenant}.example\`;
  return Object.assign({ id: \`\${tenant}-user-\${index}\` }, { login, email: login, name: \`Person \${index}\`, active: index % 7 !== 6, createdAt: CREATED });
}`,
    objects: 'const users = Array.from({ length: 23 }, (_, index) => userOf(tenant, index));',
    route: "'GET /users': listByCursor(LONG_USERS, { pageSize: 5 }),",
    holds: 'accounts: users.map(({ id }) => id),',
  },
  groups: {
    makers: `function groupOf(tenant: string, index: number): { readonly id: string; readonly members: readonly string[] } {
  const members = Array.from({ length: (index * 3) % 8 }, (_, at) => \`\${tenant}-user-\${(index + at * 2) % 23}\`);
  return Object.assign({ id: \`\${tenant}-group-\${index}\`, members }, { name: \`Group \${index}\` });
}`,
    objects: 'const groups = Array.from({ length: 11 }, (_, index) => groupOf(tenant, index));',
    route: "'GET /groups': listByCursor(LONG_GROUPS, { pageSize: 4 }),",
    holds: 'groups: groups.map(({ id }) => id),',
  },
  memberships: {
    makers: '',
    objects: '',
    route: `'GET /groups/:id/members': listByCursor(
        ({ params }) => groups.find(({ id }) => id === params['id'])?.members.map((id) => ({ id, type: 'user' })),
        { pageSize: 3 },
      ),`,
    holds: 'memberships: groups.flatMap(({ id, members }) => members.map((member) => `${id}|${member}`)),',
  },
  applications: {
    makers: `function applicationOf(tenant: string, index: number): { readonly id: string } {
  return Object.assign({ id: \`\${tenant}-app-\${index}\` }, { name: \`App \${index}\`, enabled: index % 5 !== 4, signOn: 'SAML' });
}`,
    objects: 'const applications = Array.from({ length: 9 }, (_, index) => applicationOf(tenant, index));',
    route: "'GET /applications': listByCursor(LONG_APPLICATIONS, { pageSize: 4 }),",
    holds: 'applications: applications.map(({ id }) => id),',
  },
};

/** What the list of the first stream shows: without end when the suite asks for many pages. */
const LONG: Readonly<Partial<Record<StreamName, readonly [mark: string, list: string, make: string]>>> = {
  accounts: ['LONG_USERS', 'users', 'userOf'],
  groups: ['LONG_GROUPS', 'groups', 'groupOf'],
  applications: ['LONG_APPLICATIONS', 'applications', 'applicationOf'],
};

function providerFile({ id, name, credential, streams }: Answers): string {
  const { fake, fakeImport } = CREDENTIAL_CODE[credential];
  const [first] = streams;
  const routes = streams.map((stream) => longRoute(stream, stream === first)).join('\n      ');
  const needsCreated = streams.includes('accounts');
  return `import { ${fakeImport}, fakeUpstream, listByCursor, made, type Upstream } from '@castellan/connector-testkit';
${needsCreated ? "\nconst CREATED = '2026-03-01T08:00:00.000Z';\n" : ''}
/** A small ${name}: make it answer as the real one does, then make the connector read it. */
export const ${lower(classPrefix(id))}Provider: Upstream = fakeUpstream(({ tenant, pages }) => {
  ${streams
    .map((stream) => LISTS[stream].objects)
    .filter(Boolean)
    .join('\n  ')}
  return {
    credential: ${fake},
    routes: {
      'GET /organisation': () => ({ body: { id: \`organisation-\${tenant}\`, name: tenant } }),
      ${routes}
    },
    // Known without the connector: what it must find.
    holds: () => ({ ${streams.map((stream) => LISTS[stream].holds).join(' ')} }),
  };
});

${streams
  .map((stream) => LISTS[stream].makers)
  .filter(Boolean)
  .join('\n\n')}
`;
}

function longRoute(stream: StreamName, isFirst: boolean): string {
  const long = LONG[stream];
  const { route } = LISTS[stream];
  if (long === undefined) return route;
  const [mark, list, make] = long;
  // Ten thousand pages are made one object at a time, when they are asked for.
  const endless = `pages === undefined ? ${list} : made(pages * 5, (index) => ${make}(tenant, index))`;
  return route.replace(mark, isFirst ? endless : list);
}

function lower(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
