import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHOWN_FILE } from '../markdown/file-caption.js';
import { ROOT } from '../repository.js';

/** A file of the repository, or what stands in it between `#region NAME` and `#endregion`, without its indentation. */
export function readRegion(path: string, region: string | undefined): string {
  const lines = readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n');
  if (region === undefined) return lines.join('\n');
  const from = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const to = lines.findIndex((line, index) => index > from && line.trim() === '// #endregion');
  if (from < 0 || to < 0) throw new Error(`${path} has no region "${region}" that ends.`);
  const inside = lines.slice(from + 1, to);
  const indent = Math.min(...inside.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return inside.map((line) => line.slice(indent)).join('\n');
}

/** Code blocks of a page that differ from the file that they say they show. */
export function differingFiles(page: string, markdown: string): readonly string[] {
  const found: string[] = [];
  for (const [, info = '', code = ''] of markdown.matchAll(/^```(\S+ .*)\n([\s\S]*?)^```$/gm)) {
    const { path, region } = SHOWN_FILE.exec(info)?.groups ?? {};
    if (path === undefined) continue;
    const name = region === undefined ? path : `${path}#${region}`;
    if (!existsSync(join(ROOT, path))) found.push(`${page} shows ${path}, which is not there`);
    else if (code.trimEnd() !== readRegion(path, region)) found.push(`${page} shows ${name} otherwise than it is`);
  }
  return found;
}

/** The same for all pages below a folder. */
export function differingFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .flatMap((file) => differingFiles(file, readFileSync(join(folder, file), 'utf8')));
}
