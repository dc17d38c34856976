import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';

export interface Listening {
  readonly origin: string;
  readonly port: number;
  readonly seen: IncomingMessage[];
  /** Connections that were ever made. */
  readonly connections: () => number;
  readonly open: () => number;
  readonly close: () => Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, number: number) => void;

/** A real HTTP server on a free port of 127.0.0.1. */
export function listen(handler: Handler, host = '127.0.0.1'): Promise<Listening> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    handler(request, response, seen.length);
  });
  return opened(server, seen, host);
}

/** A real TCP server: what it does with its sockets need not be HTTP. */
export function listenTcp(handler: (socket: Socket) => void, host = '127.0.0.1'): Promise<Listening> {
  return opened(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      // A socket that nobody reads never notices that the other side has gone.
      socket.resume();
      handler(socket);
    }),
    [],
    host,
  );
}

function opened(server: Server | TcpServer, seen: IncomingMessage[], host: string): Promise<Listening> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          for (const socket of sockets) socket.destroy();
        });
      resolve({
        origin: `http://127.0.0.1:${port}`,
        port,
        seen,
        connections: () => connections,
        open: () => sockets.size,
        close,
      });
    });
  });
}

export function json(
  response: ServerResponse,
  body: unknown,
  headers: Record<string, string | string[]> = {},
  status = 200,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
