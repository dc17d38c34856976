/** Beside each file of the build its Brotli and gzip form: the host sends what it finds and compresses nothing while somebody waits. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
for (const file of readdirSync(assets).filter((name) => /\.(js|css|svg)$/.test(name))) {
  const content = readFileSync(assets + file);
  writeFileSync(`${assets}${file}.br`, brotliCompressSync(content));
  writeFileSync(`${assets}${file}.gz`, gzipSync(content, { level: 9 }));
}
