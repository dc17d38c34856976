import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older deliveries are refused: somebody may have recorded one. */
const MOST_SECONDS = 300;

/**
 * Whether a delivery comes from the host that gave out the secret, and was not recorded and sent again.
 * @param secret `signingSecret` of the answer that set up the webhook: `whsec_...`
 * @param headers in lower case, as Node gives them
 * @param body the bytes as they came, as text: before anything has parsed it
 */
export function isGenuine(secret, headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  const age = Math.abs(Date.now() / 1_000 - Number(timestamp));
  if (!(age <= MOST_SECONDS)) return false; // also what is no number
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  // Two while a secret is being replaced: one for the new and one for the old.
  return signatures.split(' ').some((one) => {
    const [version, signature = ''] = one.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
