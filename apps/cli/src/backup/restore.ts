import type { BackupProgress } from '@castellan/storage';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { hostPlaces, throughSignals } from '../database/host-database.js';
import { refusedAsUsage } from './refused-as-usage.js';
import { TableLines } from './table-lines.js';

/** `castellan restore FILE`: into an empty database, all of it or nothing. */
export async function restoreBackup(
  file: string,
  { json = false }: { readonly json?: boolean },
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { restore } = await import('@castellan/storage');
  const { location, readKey } = await hostPlaces(process.env, process.cwd(), { mustExist: false });
  const lines = new TableLines(output);
  const onProgress = (progress: BackupProgress): void => lines.see(progress);
  const key = readKey();
  const result = await refusedAsUsage(
    file,
    throughSignals(() => restore({ ...location, key, file, signal, onProgress })),
  );
  if (json) await output.json(result);
  output.say(`${lines.rows} rows of ${result.at} are restored; ${result.upgraded.length} migrations were run on them.`);
  if (result.keyProblem !== undefined)
    output.say(`All rows are there, but the secrets cannot be opened with the key at hand: ${result.keyProblem}`);
  return EXIT.ok;
}
