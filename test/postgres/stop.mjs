import { rmSync } from 'node:fs';

export default async function stop() {
  const { server, folder } = globalThis.castellanPostgres;
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
