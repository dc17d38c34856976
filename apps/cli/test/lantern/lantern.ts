import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ExitCode } from '../../src/exit-code.js';
import type { Output } from '../../src/output.js';
import { castellan, type Commands, type Ended, inProcess } from '../castellan.js';

const CLI = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** What Lantern calls itself, wherever it runs. */
export const ORIGIN = 'https://api.lantern.example';
export const TOKEN = 'canary-lantern-token';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface Lantern {
  readonly url: string;
  readonly seen: Seen[];
  /** Paths that are refused for want of a right. */
  readonly refused: Set<string>;
  /** What links in headers name. */
  leadsTo: string;
  close(): Promise<void>;
}

const NEXT: Readonly<Record<string, string>> = { '/v1/users': '/v1/users?page=2', '/v1/groups': '/v1/groups?page=2' };

/** The provider's API: lists of two pages, whose links name the address of the real one. */
export async function startLantern(): Promise<Lantern> {
  const seen: Seen[] = [];
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/' } = request;
    const { authorization } = request.headers;
    seen.push({ method, path, authorization });
    const answer = (status: number, body: object, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (authorization !== `Bearer ${TOKEN}`) return answer(401, {});
    if (refused.has(path)) return answer(403, {});
    const next = NEXT[path];
    const items = [{ id: `${path}-1` }, { id: `${path}-2` }];
    if (path.startsWith('/v1/groups')) return answer(200, { items, next: next === undefined ? null : `${ORIGIN}${next}` });
    return answer(200, { items }, next === undefined ? {} : { link: `<${lantern.leadsTo}${next}>; rel="next"` });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const lantern: Lantern = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    seen,
    refused,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    leadsTo: ORIGIN,
  };
  return lantern;
}

/** The command in a folder of its own, as it was built and as it is written: there it has Lantern among its dependencies. */
export class LanternCommand {
  private constructor(
    readonly folder: string,
    private readonly commands: Commands,
  ) {}

  static async install(): Promise<LanternCommand> {
    const folder = await mkdtemp(join(tmpdir(), 'castellan-lantern-'));
    const cli = join(folder, 'cli');
    const connector = join(folder, 'node_modules/connector-lantern');
    for (const part of ['bin', 'dist', 'src', 'test/commands.ts'])
      await cp(join(CLI, part), join(cli, part), { recursive: true });
    await mkdir(connector, { recursive: true });
    await cp(join(CLI, 'test/lantern/connector.mjs'), join(connector, 'connector.mjs'));
    await writeFile(
      join(connector, 'package.json'),
      JSON.stringify({ exports: './connector.mjs', castellan: { role: 'connector', id: 'lantern' } }),
    );
    await writeFile(
      join(cli, 'package.json'),
      JSON.stringify({
        ...JSON.parse(await readFile(join(CLI, 'package.json'), 'utf8')),
        dependencies: { 'connector-lantern': '*' },
      }),
    );
    await symlink(MODULES, join(cli, 'node_modules'));
    await symlink(join(MODULES, '@castellan'), join(folder, 'node_modules/@castellan'));
    // `loadOnce` knows no types.
    const commands = (await loadOnce(pathToFileURL(join(cli, 'test/commands.ts')).href)) as Commands;
    return new LanternCommand(folder, commands);
  }

  /** A file in its folder. */
  async write(name: string, content: object): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  run(...args: readonly string[]): Promise<Ended> {
    return castellan(args, { program: join(this.folder, 'cli/bin/castellan.js') });
  }

  /** For what does not depend on how a command is typed, see `inProcess`. */
  here(work: (commands: Commands, output: Output, signal: AbortSignal) => Promise<ExitCode>): Promise<Ended> {
    const { call } = this.commands;
    return inProcess((output, signal) => work(this.commands, output, signal), { call });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
