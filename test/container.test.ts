import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** No container engine is at hand: everything that the files name is looked up, and what can be run without one is run. */
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

const instructions: readonly Instruction[] = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }));
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const of = (name: string, from = instructions): readonly string[] =>
  from.filter((instruction) => instruction.name === name).map(({ rest }) => rest);

/** Names of the README's table, which a test of the host compares with the settings. */
const variables = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
const packageJson: { readonly scripts: Record<string, string>; readonly engines: { readonly node: string } } = JSON.parse(
  read('package.json'),
);

describe('Dockerfile', () => {
  test('builds with the commands of the README, and leaves in the image what runs', () => {
    const commands = of('RUN').slice(0, 3);
    expect(commands).toEqual(['npm ci', 'npm run build', 'npm ci --omit=dev']);
    expect(read('README.md')).toContain(commands.slice(0, 2).join(' && '));
    for (const [, script = ''] of commands.join('\n').matchAll(/npm run (\S+)/g))
      expect(packageJson.scripts[script]).toBeDefined();
    expect(existsSync(join(root, 'package-lock.json'))).toBe(true);
  });

  test('copies and starts what is there', () => {
    const copied = of('COPY', last).map((rest) => rest.split(/\s+/));
    for (const [from, source = ''] of copied) {
      expect(from).toBe('--from=build');
      expect(existsSync(join(root, source.replace(/^\/app\//, '')))).toBe(true);
    }
    const [command = ''] = of('CMD', last);
    const [program, file = '']: readonly string[] = JSON.parse(command);
    expect(program).toBe('node');
    expect(existsSync(join(root, file.replace('/dist/', '/src/').replace('.js', '.ts')))).toBe(true);
    expect(copied.some(([, source = '']) => `/app/${file}`.startsWith(`${source}/`))).toBe(true);
  });

  test('runs as a user without rights, with settings that there are, and no secret in a layer', () => {
    expect(of('USER', last)).toEqual(['node']);
    expect(last.findIndex(({ name }) => name === 'USER')).toBeLessThan(last.findIndex(({ name }) => name === 'CMD'));
    const names = of('ENV').map((setting) => setting.split('=', 1)[0]);
    expect(variables).toEqual(expect.arrayContaining(names));
    expect(of('ARG')).toEqual([]);
    expect(names.filter((name) => /KEY|TOKEN|SECRET|PASSWORD|URL/.test(name ?? ''))).toEqual([]);
    expect(of('EXPOSE', last)).toEqual([/^\| `PORT` \|[^|]*\| (\d+) \|/m.exec(read('README.md'))?.[1]]);
  });

  test('is built on a release of Node that the package allows', () => {
    const oldest = Number(/(\d+)/.exec(packageJson.engines.node)?.[1]);
    for (const image of of('FROM')) expect(Number(/^node:(\d+)-slim/.exec(image)?.[1])).toBeGreaterThanOrEqual(oldest);
  });

  test.each(['.git', '**/node_modules', '**/.castellan', '**/dist', '**/.env*'])('the build never sees %s', (pattern) => {
    expect(read('.dockerignore').split('\n')).toContain(pattern);
  });

  test('its health check tells a ready host from others', async () => {
    const command = /CMD (\[.*\])$/.exec(of('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]';
    const [, ...args]: readonly string[] = JSON.parse(command);
    let status = 200;
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/health/ready' ? status : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const check = async (): Promise<unknown> => {
      const child = spawn(process.execPath, [...args], { env: { PORT: port } });
      return (await once(child, 'exit'))[0];
    };
    try {
      expect(await check()).toBe(0);
      status = 503;
      expect(await check()).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
    expect(await check()).toBe(1);
  });

  test('the lockfile holds all that the image installs, without asking anybody', () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-image-'));
    try {
      const workspaces = ['apps', 'packages'].flatMap((parent) =>
        readdirSync(join(root, parent)).map((name) => join(parent, name)),
      );
      const manifests = [
        ...workspaces.map((workspace) => join(workspace, 'package.json')),
        'package.json',
        'package-lock.json',
        '.npmrc',
      ];
      for (const file of manifests) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(root, file), join(folder, file));
      }
      const options = { cwd: folder, encoding: 'utf8' as const, shell: process.platform === 'win32' };
      const { status, stderr, stdout } = spawnSync('npm', ['ci', '--omit=dev', '--dry-run', '--offline'], options);
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('error') });
      expect(stdout).toMatch(/add @nestjs\/core /);
      expect(stdout).not.toMatch(/add (jest|typescript|turbo|oidc-provider) /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly command?: string;
  readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
}

describe('compose.yaml', () => {
  const compose: { readonly services: Readonly<Record<string, Service>>; readonly volumes: object; readonly networks: object } =
    parse(read('compose.yaml'), { merge: true });
  const { services } = compose;
  const host = services['host-a'];
  const hosts = Object.values(services).filter(({ build }) => build === '.');

  test('two hosts alike, with settings that there are', () => {
    expect(hosts).toHaveLength(2);
    expect(hosts[0]).toEqual(hosts[1]);
    expect(variables).toEqual(expect.arrayContaining(Object.keys(host?.environment ?? {})));
    // Longer than the host takes to stop.
    expect(Number.parseInt(host?.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
  });

  test('what is secret comes from outside, and its absence is told', () => {
    const all = Object.values(services).flatMap(({ environment }) => Object.entries(environment ?? {}));
    const secret = all.filter(([name]) => /KEY|PASSWORD|DATABASE/.test(name));
    expect(secret.map(([name]) => name)).toEqual(
      expect.arrayContaining(['CASTELLAN_KEY', 'DATABASE_URL', 'POSTGRES_PASSWORD']),
    );
    // What only some need may be absent.
    const optional = new Set(['CASTELLAN_KEY_PREVIOUS']);
    for (const [name, value] of secret.filter(([variable]) => !optional.has(variable)))
      expect([name, value]).toEqual([name, expect.stringMatching(/^(postgresql:\/\/\w+:)?\$\{[A-Z_]+:\?[^}]+\}(@|$)/)]);
  });

  test('every service, volume and file that is named is there', () => {
    for (const { depends_on: needs = {}, volumes = [] } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(needs)) {
        const service = services[name];
        // Either the image checks its health, or the service does.
        const isChecked = service !== undefined && (hosts.includes(service) || service.healthcheck !== undefined);
        expect([name, condition, isChecked]).toEqual([name, 'service_healthy', true]);
      }
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('./')) expect(existsSync(join(root, source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  test('the proxy speaks to both hosts at their port, and is the one that they believe', () => {
    const [port] = of('EXPOSE', last);
    const command = services['proxy']?.command ?? '';
    for (const name of ['host-a', 'host-b']) expect(command).toContain(`--to ${name}:${port}`);
    const networks = services['proxy']?.networks;
    const address = networks !== undefined && 'inside' in networks ? networks['inside'].ipv4_address : undefined;
    expect(host?.environment?.['CASTELLAN_TRUSTED_PROXIES']).toBe(address);
    expect(command).toContain(`--from ${host?.environment?.['CASTELLAN_URL']}`);
  });

  test('the roles and the database of the addresses are those that the script makes', () => {
    const script = read('deploy/database-roles.sh');
    const database = services['database'];
    for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
      const [, role, password, place, base] =
        /^postgresql:\/\/(\w+):\$\{(\w+):.*\}@(\w+):5432\/(\w+)$/.exec(host?.environment?.[name] ?? '') ?? [];
      expect(script).toContain(`CREATE ROLE ${role} LOGIN PASSWORD :'${password?.toLowerCase()}'`);
      expect(script).toContain(`--set=${password?.toLowerCase()}="$${password}"`);
      expect(Object.keys(database?.environment ?? {})).toContain(password);
      expect(services[place ?? '']).toBe(database);
      expect(script).toContain(`CREATE DATABASE ${base} OWNER castellan_owner`);
    }
    expect(spawnSync('sh', ['-n', join(root, 'deploy/database-roles.sh')]).status).toBe(0);
  });
});
