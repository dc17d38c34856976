import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import { SCIMMYRouters } from 'scimmy-routers';
import { BASE } from './fake-scim.js';
import type { Directory, Person, Team } from './directory.js';

const TOKEN = 'good-token';

/**
 * A SCIM service that nobody here has written (scimmy and its routers, on Express): filters, paging, PATCH and schemas are theirs.
 * One in a process, since it declares its resource types globally.
 */
export class ScimmyService {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: ReadonlySet<Socket>;

  private constructor(server: Server, sockets: ReadonlySet<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
    // Listening on a port, so the address is no pipe.
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`;
  }

  /** @param pages `false`: as it comes with Express 5, where its routers lose what they read from the query. */
  static async start(directory: Directory, { pages = true } = {}): Promise<ScimmyService> {
    declare(directory);
    SCIMMY.Config.set({ filter: { supported: true, maxResults: 200 }, sort: true, patch: true });
    const app = express();
    if (pages) app.set('query parser', withNumbers);
    const handler = (request: { header(name: string): string | undefined }): string => {
      if (request.header('authorization') !== `Bearer ${TOKEN}`) throw new Error('Not authorized');
      return 'castellan';
    };
    app.use(BASE, new SCIMMYRouters({ type: 'bearer', handler }));
    const sockets = new Set<Socket>();
    const server = await new Promise<Server>((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return new ScimmyService(server, sockets);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

function withNumbers(text: string): Record<string, string | number> {
  const entries = [...new URLSearchParams(text)];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'startIndex' || name === 'count' ? Number(value) : value]),
  );
}

interface Asked {
  readonly id?: string;
  readonly filter?: { match(values: readonly object[]): object[] };
}

function declare(directory: Directory): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
    egress: (asked: Asked) => found(asked, [...directory.people.values()].map(userOf), 'user'),
    ingress: ({ id }: Asked, data: Record<string, unknown>) => {
      const person = directory.people.get(id ?? '');
      if (person === undefined) throw new SCIMMY.Types.Error(404, '', 'No such user');
      directory.change(person.id, { isActive: data['active'] === true });
      return userOf(directory.people.get(person.id) ?? person);
    },
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    egress: (asked: Asked) =>
      found(
        asked,
        [...directory.teams.values()].map((team) => groupOf(team, directory)),
        'group',
      ),
    ingress: ({ id }: Asked, data: Record<string, unknown>) => {
      const team = directory.teams.get(id ?? '');
      if (team === undefined) throw new SCIMMY.Types.Error(404, '', 'No such group');
      const members = (data['members'] ?? []) as readonly { readonly value: string }[];
      directory.setMembers(
        team.id,
        members.map(({ value }) => value),
      );
      return groupOf(directory.teams.get(team.id) ?? team, directory);
    },
  });
}

function found(asked: Asked, all: readonly Record<string, unknown>[], what: string): object | object[] {
  if (asked.id === undefined) return asked.filter === undefined ? [...all] : asked.filter.match(all);
  const one = all.find(({ id }) => id === asked.id);
  if (one === undefined) throw new SCIMMY.Types.Error(404, '', `No such ${what}`);
  return one;
}

function userOf(person: Person): Record<string, unknown> {
  return {
    id: person.id,
    userName: person.login,
    name: { givenName: person.given, familyName: person.family },
    emails: [{ value: person.mail, primary: true }],
    active: person.isActive,
    roles: person.roles.map(([value, display]) => ({ value, ...(display !== '' && { display }) })),
    entitlements: person.entitlements.map((value) => ({ value })),
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      ...(person.boss !== null && { manager: { value: person.boss } }),
      ...(person.department !== null && { department: person.department }),
    },
    meta: metaOf(person),
  };
}

function groupOf(team: Team, { teams }: Directory): Record<string, unknown> {
  const members = team.members.map((value) => ({ value, type: teams.has(value) ? 'Group' : 'User' }));
  return { id: team.id, displayName: team.name, members, meta: metaOf(team) };
}

function metaOf({ created, changed }: Person | Team): object {
  return { created: new Date(created).toISOString(), lastModified: new Date(changed).toISOString() };
}
