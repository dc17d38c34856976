import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { hostPlaces, refusedAsUsage } from './host-places.js';
import { TableLines } from './table-lines.js';

/** `castellan restore FILE`: into an empty database, all of it or nothing. */
export async function restoreBackup(
  file: string,
  { json = false }: { readonly json?: boolean },
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { restore } = await import('@castellan/storage');
  const { location, key } = await hostPlaces(process.env, process.cwd(), { mustExist: false });
  const lines = new TableLines(output);
  const result = await refusedAsUsage(
    restore({ ...location, key, file, signal, onProgress: (progress) => lines.see(progress) }),
  );
  if (json) await output.json(result);
  output.say(`${lines.rows} rows of ${result.at} are restored; ${result.upgraded.length} migrations were run on them.`);
  if (result.keyProblem !== undefined)
    output.say(`All rows are there, but the secrets cannot be opened with the key at hand: ${result.keyProblem}`);
  return EXIT.ok;
}
