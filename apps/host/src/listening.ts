import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { HostSettings } from './settings/host-settings.js';
import { StartError } from './settings/start-error.js';

type Place = Pick<HostSettings, 'port' | 'address'>;

/**
 * Before the database is opened, which may take its time: a second host on the port is told so at once, and starts no server.
 * @throws StartError with a way out
 */
export async function requireFreePort(place: Place): Promise<void> {
  if (place.port === 0) return;
  const probe = createServer();
  try {
    probe.listen(place.port, place.address);
    await once(probe, 'listening');
  } catch (cause) {
    throw refusalOf(cause, place);
  } finally {
    probe.close();
  }
}

/** @returns the address that it listens on. @throws StartError with a way out */
export async function listen(app: NestExpressApplication, place: Place): Promise<string> {
  try {
    await app.listen(place.port, place.address);
  } catch (cause) {
    throw refusalOf(cause, place);
  }
  // Of a TCP server that listens.
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://${place.address.includes(':') ? `[${place.address}]` : place.address}:${port}`;
}

function refusalOf(cause: unknown, { port, address }: Place): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} is in use. Stop the other program, or set PORT to a free port.`, { cause });
    case 'EADDRNOTAVAIL': {
      const text = `CASTELLAN_ADDRESS ${address} is no address of this machine. Set it to one, or to 0.0.0.0 for all.`;
      return new StartError(text, { cause });
    }
    case 'EACCES':
      return new StartError(`Port ${port} is reserved. Set PORT to one above 1023.`, { cause });
    default:
      return cause;
  }
}
