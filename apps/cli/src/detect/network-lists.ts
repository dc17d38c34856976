import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type NetworkList, readNetworkList } from '@castellan/detection';
import { UsageError } from '../exit-code.js';
import type { Output } from '../output.js';
import { FirstFew } from './first-few.js';

/** @returns `odd`: how many entries of all say nothing @throws UsageError a file cannot be read */
export async function networkLists(
  files: readonly string[] | undefined,
  output: Output,
): Promise<{ readonly lists: readonly NetworkList[]; readonly odd: number }> {
  const lists: NetworkList[] = [];
  let count = 0;
  for (const file of files ?? []) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
    });
    const { list, odd } = readNetworkList(basename(file), text);
    const told = new FirstFew(output);
    for (const { line, text: entry } of odd)
      told.say(`${basename(file)}:${line}: "${entry}" is neither an address nor a range.`);
    told.sayRest(`entries of ${basename(file)}`);
    lists.push(list);
    count += odd.length;
  }
  return { lists, odd: count };
}
