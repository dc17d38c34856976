import { createRequire } from 'node:module';

/** `castellan/1.2.3`: providers ask for a name that they can look for when something goes wrong. */
export const USER_AGENT = `castellan/${ownVersion()}`;

function ownVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return '0.0.0';
  return typeof manifest.version === 'string' ? manifest.version : '0.0.0';
}
