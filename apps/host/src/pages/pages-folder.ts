import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built web app of this release. @returns `undefined`: it was not built here, and the host serves its API alone */
export function pagesFolder(): string | undefined {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@castellan/web/package.json'))), 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
