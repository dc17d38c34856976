import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a provider is about to answer: to be changed in place. */
export interface Answering {
  readonly method: string;
  readonly path: string;
  readonly sent: { readonly headers: Readonly<Record<string, unknown>>; readonly body: string };
  status: number;
  headers: Record<string, string>;
  body: string;
}

const OF_THE_CONNECTION = /^(host|connection|content-length|accept-encoding|keep-alive|transfer-encoding)$/;

export interface Upstream {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands in front of a simulator and answers as `change` makes it: a provider with more in its answers than a simulator has. */
export async function upstreamOf(simulator: string, change: (answering: Answering) => void): Promise<Upstream> {
  let url = '';
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      // `fetch` makes those of the connection itself; of the others none comes more than once.
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.test(name)),
      ) as Record<string, string>;
      const init = { method: request.method ?? 'GET', headers, ...(body !== '' && { body }) };
      const answer = await fetch(`${simulator}${request.url}`, init);
      const answering: Answering = {
        method: init.method,
        path: request.url ?? '/',
        sent: { headers: request.headers, body },
        status: answer.status,
        headers: Object.fromEntries([...answer.headers].filter(([name]) => !OF_THE_CONNECTION.test(name))),
        body: await answer.text(),
      };
      change(answering);
      for (const [name, value] of Object.entries(answering.headers)) response.setHeader(name, value.replaceAll(simulator, url));
      response.writeHead(answering.status).end(answering.body.replaceAll(simulator, url));
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
