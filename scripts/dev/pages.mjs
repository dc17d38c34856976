import { join } from 'node:path';

/**
 * The web app straight from its sources: what is saved is on the screen at once, without the state of the page being lost. Everything
 * below `/api` goes on to the host.
 * @param port of the host
 * @returns `{ url, close }`
 */
export async function startPages(root, port) {
  const { createServer } = await import('vite');
  const folder = join(root, 'apps', 'web');
  const server = await createServer({
    root: folder,
    configFile: join(folder, 'vite.config.ts'),
    logLevel: 'warn',
    // Events of progress pass, and the host sees the page's own name as that which the page is from.
    server: { host: '127.0.0.1', proxy: { '/api': { target: `http://127.0.0.1:${port}`, changeOrigin: false } } },
  });
  await server.listen();
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}
