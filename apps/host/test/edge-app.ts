import { connect } from 'node:net';
import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { configureEdge } from '../src/edge/configure-edge.js';
import { exactAdapter } from '../src/edge/exact-adapter.js';
import { OpenRequests } from '../src/edge/open-requests.js';
import { NestLogger } from '../src/logging/nest-logger.js';
import { type RootLogger, rootLogger } from '../src/logging/root-logger.js';
import { Metrics } from '../src/metrics/metrics.js';
import type { HostSettings } from '../src/settings/host-settings.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

@Module({})
class EdgeAppModule {}

/** The edge with routes of a test behind it. */
export class EdgeApp {
  private constructor(
    private readonly app: NestExpressApplication,
    readonly port: number,
    readonly metrics: Metrics,
    readonly openRequests: OpenRequests,
    readonly lines: readonly string[],
  ) {}

  static async start(
    parts: Pick<DynamicModule, 'imports' | 'controllers'>,
    settings: Partial<Pick<HostSettings, 'publicUrl' | 'trustedProxies'>> = {},
    pagesFolder?: string,
  ): Promise<EdgeApp> {
    const lines: string[] = [];
    const logger: RootLogger = rootLogger('trace', { write: (line) => void lines.push(line) });
    const metrics = new Metrics();
    const app = await NestFactory.create<NestExpressApplication>({ module: EdgeAppModule, ...parts }, exactAdapter(), {
      logger: new NestLogger(logger),
      abortOnError: false,
      bodyParser: false,
      forceCloseConnections: true,
    });
    const openRequests = new OpenRequests();
    configureEdge(app, { settings: { trustedProxies: [], ...settings }, logger, metrics, openRequests, pagesFolder });
    await app.listen(0, '127.0.0.1');
    return new EdgeApp(app, Number(new URL(await app.getUrl()).port), metrics, openRequests, lines);
  }

  /** What is sent is what stands here: every client tidies paths and headers. */
  raw(target: string, headers: Readonly<Record<string, string>> = {}, body = '', method = 'GET'): Promise<RawAnswer> {
    const all = { host: `127.0.0.1:${this.port}`, connection: 'close', ...headers };
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const lines = Object.entries({ ...all, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
    return exchange(this.port, `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  }

  get modules(): ModulesContainer {
    return this.app.get(ModulesContainer);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function exchange(port: number, request: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(parse(received)));
  });
}

function parse(received: string): RawAnswer {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), text: rest.join('\r\n\r\n') };
}
