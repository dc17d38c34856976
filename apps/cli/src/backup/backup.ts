import type { BackupProgress } from '@castellan/storage';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { hostPlaces, throughSignals } from '../database/host-database.js';
import { refusedAsUsage } from './refused-as-usage.js';
import { TableLines } from './table-lines.js';

export interface BackupCommandOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `castellan backup FILE`: all tables of a host as of one moment. The master key is not among them. */
export async function backup(
  file: string,
  { force = false, json = false }: BackupCommandOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { backUp } = await import('@castellan/storage');
  const { location, keyPlace } = await hostPlaces(process.env, process.cwd(), { mustExist: true });
  const lines = new TableLines(output);
  const onProgress = (progress: BackupProgress): void => lines.see(progress);
  const result = await refusedAsUsage(
    file,
    throughSignals(() => backUp({ ...location, file, force, signal, onProgress })),
  );
  if (json) await output.json(result);
  output.say(`${file}: ${lines.rows} rows of ${result.at}, ${result.bytes} bytes, SHA-256 of the contents ${result.sha256}`);
  output.say(`The master key is not in it, and without it the secrets in it cannot be opened: keep ${keyPlace} apart from it.`);
  return EXIT.ok;
}
