import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  FIXTURE_VERSION,
  type Fixture,
  type FixtureAnswer,
  IN_A_MINUTE,
  keyOf,
  MANIFEST,
  RECORDED_ORIGIN,
  REQUESTS,
  requestOf,
} from './fixture.js';

export interface Replay {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** Requests that were not in the recording, as they were asked: a test that wants all of it says that there are none. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

/** Not retried, and no answer that a connector takes for "there is none". */
const NOT_RECORDED = 400;

/**
 * Serves a recording of `castellan record` on a free port of 127.0.0.1. Credentials are not looked at.
 * @throws Error that names the folder or the file, and the way out
 */
export async function serveFixtures(folder: string): Promise<Replay> {
  const answers = await readFixtures(folder);
  const missing: string[] = [];
  const turns = new Map<string, number>();
  let url = '';
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = request.method === 'POST' ? await text(request) : undefined;
    const asked = requestOf(request.method ?? 'GET', request.url ?? '/', form);
    const key = keyOf(asked);
    const recorded = answers.get(key) ?? [];
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const answer = recorded[turn % recorded.length];
    if (answer !== undefined) return send(response, answer, url);
    missing.push(`${asked.method} ${asked.url}`);
    send(response, { status: NOT_RECORDED, headers: {}, body: { error: 'not recorded', request: asked } }, '');
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  url = await listen(server);
  return { url, missing, close: () => closed(server) };
}

async function readFixtures(folder: string): Promise<ReadonlyMap<string, readonly FixtureAnswer[]>> {
  const manifest: unknown = await readJson(join(folder, MANIFEST), 'Name a folder that "castellan record" has made.');
  const version: unknown =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  if (version !== FIXTURE_VERSION)
    throw new Error(
      `${join(folder, MANIFEST)} says version ${String(version)}, and this reads ${FIXTURE_VERSION}. Record it again.`,
    );
  const found = new Map<string, readonly FixtureAnswer[]>();
  for (const name of await readdir(join(folder, REQUESTS))) {
    const file = join(folder, REQUESTS, name);
    const fixture = asFixture(await readJson(file, 'Record it again.'), file);
    found.set(keyOf(fixture.request), fixture.answers);
  }
  return found;
}

async function readJson(file: string, wayOut: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}). ${wayOut}`, { cause });
  }
}

function asFixture(value: unknown, file: string): Fixture {
  const isFixture =
    typeof value === 'object' && value !== null && 'request' in value && 'answers' in value && Array.isArray(value.answers);
  if (!isFixture) throw new Error(`${file} is no recorded request. Record it again, or delete the file.`);
  // Written by the recorder, and read over by people at most.
  return value as unknown as Fixture;
}

function send(response: ServerResponse, { status, headers, body }: FixtureAnswer, url: string): void {
  const inAMinute = String(Math.ceil(Date.now() / 1_000) + 60);
  const here = (recorded: string): string => recorded.replaceAll(RECORDED_ORIGIN, url).replaceAll(IN_A_MINUTE, inAMinute);
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, values.map(here));
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(here(JSON.stringify(body)));
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
