/** What pictures of the form were made of, in figures that can be compared. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** @param bytes {string | Uint8Array} @returns SHA-256, hexadecimal */
export function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Of what decides how a form looks: `src/form` and the theme. The same on systems that end lines otherwise. */
export function rendererDigest() {
  const form = readdirSync(`${SOURCES}form`).map((file) => `form/${file}`);
  const sources = [...form, 'theme.ts'].toSorted().map((file) => `${file}\n${readFileSync(SOURCES + file, 'utf8')}`);
  return digest(sources.join('\n').replaceAll('\r\n', '\n'));
}
