import { createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../src/mail/mail-settings.js';

export interface MailGot {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly isEncrypted: boolean;
  readonly user: string | null;
}

interface MailServerOptions {
  /** PEM: STARTTLS is offered. */
  readonly certificate?: { readonly key: string; readonly cert: string };
  /** Nobody else may send. */
  readonly account?: { readonly user: string; readonly password: string };
}

export type Refusal = readonly [code: number, words: string];

/** A real mail server: keeps what it is given, and refuses what the test wants. */
export class MailServer {
  readonly received: MailGot[] = [];
  connections = 0;
  refuseReceiver: (address: string) => Refusal | undefined = () => undefined;
  refuseMail: () => Refusal | undefined = () => undefined;
  refuseSender: () => Refusal | undefined = () => undefined;
  readonly #server: SMTPServer;
  #port = 0;

  private constructor({ certificate, account }: MailServerOptions) {
    this.#server = new SMTPServer({
      ...certificate,
      logger: false,
      authOptional: account === undefined,
      // On this machine a password crosses no network.
      allowInsecureAuth: true,
      disabledCommands: [...(certificate === undefined ? ['STARTTLS'] : []), ...(account === undefined ? ['AUTH'] : [])],
      closeTimeout: 1_000,
      onConnect: (_, done) => {
        this.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _, done) => {
        if (username === account?.user && password === account?.password) return done(null, { user: username });
        // As some do: what was said stands in the answer.
        return done(refusal([535, `5.7.8 wrong: ${username} ${password}`]));
      },
      onMailFrom: (_address, _session, done) => done(refusal(this.refuseSender())),
      onRcptTo: ({ address }, _, done) => done(refusal(this.refuseReceiver(address))),
      onData: async (stream, { envelope, secure, user }, done) => {
        const raw = await text(stream);
        const refused = refusal(this.refuseMail());
        if (refused !== null) return done(refused);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        this.received.push({ from, to, raw, isEncrypted: secure, user: user === undefined ? null : String(user) });
        return done(null, 'Taken');
      },
    });
    this.#server.on('error', () => undefined);
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => {
      const listening = server.#server.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        server.#port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
    return server;
  }

  settings(more: Partial<MailSettings['server']> = {}): MailSettings {
    const server = { host: '127.0.0.1', port: this.#port, secure: false, requireTls: false, ...more };
    return { server, from: 'castellan@castellan.example' };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function refusal(refused: Refusal | undefined): Error | null {
  if (refused === undefined) return null;
  const [responseCode, words] = refused;
  return Object.assign(new Error(words), { responseCode });
}

/** One that takes a connection, says what it is told to, and nothing more. */
export class SilentServer {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(greeting: string) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket.on('error', () => undefined));
      socket.on('close', () => this.#sockets.delete(socket));
      // Else what comes is not read, and its end is not seen.
      socket.resume();
      if (greeting !== '') socket.write(greeting);
    });
  }

  static start(greeting = ''): Promise<SilentServer> {
    const server = new SilentServer(greeting);
    return new Promise((resolve) => server.#server.listen(0, '127.0.0.1', () => resolve(server)));
  }

  get open(): number {
    return this.#sockets.size;
  }

  settings(): MailSettings {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { server: { host: '127.0.0.1', port, secure: false, requireTls: false }, from: 'castellan@castellan.example' };
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A mail as RFC 5322 and RFC 2045 have it, as far as ours go: headers by their names in lower case, and texts by their types. */
export interface ReadMail {
  readonly headers: Readonly<Record<string, string>>;
  readonly plain: string;
  readonly html: string;
}

export function readMail({ raw }: MailGot): ReadMail {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')));
  const of = (type: string): string => {
    const part = parts.find((one) => one.headers['content-type']?.startsWith(type));
    return part === undefined ? '' : decoded(part.body, part.headers['content-transfer-encoding'] ?? '');
  };
  return { headers, plain: of('text/plain'), html: of('text/html') };
}

function split(raw: string) {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [name = '', ...value] = line.split(':');
    if (Object.hasOwn(headers, name.toLowerCase())) throw new Error(`two headers ${name}`);
    headers[name.toLowerCase()] = unwords(value.join(':').trim());
  }
  return { headers, body: raw.slice(end + 4) };
}

/** RFC 2047. */
function unwords(value: string): string {
  return value.replaceAll(/=\?utf-8\?q\?([^?]*)\?=(?: (?==\?utf-8))?/gi, (_, word: string) =>
    decoded(word.replaceAll('_', ' '), 'quoted-printable'),
  );
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
