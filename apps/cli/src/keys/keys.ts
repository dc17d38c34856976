import { writeFile } from 'node:fs/promises';
import type { KeyAlgorithm } from '@castellan/connector-sdk';
import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

export interface KeysOptions {
  readonly out: string;
  readonly algorithm: KeyAlgorithm;
}

/** `castellan keys ID --out FILE`: the private key goes into the file and nowhere else, the public one to stdout. */
export async function keys(id: string, { out, algorithm }: KeysOptions, output: Output): Promise<ExitCode> {
  const connector = await connectorOf(id);
  if (connector.makeKeyPair === undefined) throw new UsageError(`The connector "${id}" does not use keys.`);
  const { publicJwk, privateKey, nextSteps } = await connector.makeKeyPair(algorithm);
  await writeSecret(out, privateKey);
  await output.json({ algorithm, file: out, publicJwk });
  output.say(`The private key is in ${out}. Only you can read the file; keep it so, and send it to nobody.`);
  output.say('The public key:');
  output.say(JSON.stringify(publicJwk, null, 2));
  output.say('What to do next:');
  for (const [index, step] of nextSteps.entries()) output.say(`  ${index + 1}. ${step}`);
  return EXIT.ok;
}

/** @throws UsageError when the file is there already: a key that is in use, overwritten, could not be had again. */
async function writeSecret(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not writable';
    if (code === 'EEXIST') throw new UsageError(`${file} is there already and stays as it is. Name another file with --out.`);
    throw new UsageError(`${file} cannot be written (${code}). Name another file with --out.`);
  }
}
