import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The administrator of a host on this machine: made at the first start with its set-up token, kept in a file that only its
 * owner can read.
 * @param who `{ file, email, name, workspace }`
 * @returns `{ email, password }`
 */
export async function signIn(api, dataDir, setupToken, { file, email, name, workspace }) {
  const path = join(dataDir, file);
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, 'utf8'));
    if ((await api.send('POST', '/session', known)).ok) return known;
  }
  const made = { email, password: randomBytes(15).toString('base64url') };
  const answer = await api.send('POST', '/set-up', { token: setupToken, name, workspace, ...made });
  if (answer.ok) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
  throw new Error(
    `The data in ${dataDir} belongs to somebody whose password is not in ${path}. Delete the folder to begin afresh.`,
  );
}
