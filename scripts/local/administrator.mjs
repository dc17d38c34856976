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

/**
 * Somebody else in the same workspace: what is heavy needs a second person. Made once, and kept beside the first one.
 * @param api of the administrator
 * @param nobody the same host, not signed in
 * @param who `{ file, email, name, role }`
 * @returns `{ email, password }`
 */
export async function secondPerson(api, nobody, dataDir, { file, email, name, role }) {
  const path = join(dataDir, file);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  const made = { email, password: randomBytes(15).toString('base64url') };
  const { invitation } = await api.call('POST', '/users', { email, name, role });
  await nobody.call('POST', '/invitations/accept', { token: invitation.token, password: made.password });
  writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
  return made;
}
