import { AuthError, type ConnectionCheck } from '@castellan/connector-sdk';
import { problemRow } from './problem-row.js';

/** Above this the clock is worth a word. */
const NOTICED_MS = 60_000;
/** Above this Okta refuses what is signed with our time. Source: Okta, "Implement OAuth for Okta", DPoP proofs. */
const REFUSED_MS = 300_000;

const TODO = 'Set the clock of the machine that Castellan runs on, e.g. by NTP.';

/**
 * @param skewMs Okta's clock minus ours; `null` when Okta did not say
 * @param signedAndRefused the credential signs with a time, and Okta has refused it: what is signed is corrected by the skew, so
 *   a wrong clock alone ends no connection, and is only to blame when the correction was in vain
 */
export function clockRow(skewMs: number | null, signedAndRefused: boolean): ConnectionCheck {
  const name = 'clock';
  if (skewMs === null) return { name, status: 'skipped', message: "Okta's answer had no date." };
  const distance = Math.abs(skewMs);
  if (distance <= NOTICED_MS) return { name, status: 'ok', message: `Within ${Math.ceil(distance / 1000)} s of Okta's.` };
  const found = `This machine's clock is ${inWords(distance)} ${skewMs > 0 ? 'behind' : 'ahead of'} Okta's`;
  if (distance > REFUSED_MS && signedAndRefused) {
    const error = new AuthError({ message: `${found}, and Okta refuses what is signed with a wrong time. ${TODO}` });
    return { ...problemRow(name, error, 'connection'), todo: TODO };
  }
  const message = `${found}. Castellan signs with Okta's time, so the connection works, but the times that it records are off.`;
  return { name, status: 'ok', message, turn: 'you', todo: TODO };
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
