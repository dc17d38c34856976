import { isIP } from 'node:net';
import { isAllowedHost } from '@castellan/form-schema';
import { isSpecialAddress } from '@castellan/http-client';
import { Problem } from '../problems/problem.js';

export const LONGEST_URL = 2_000;

/**
 * The address that a webhook posts to, in one spelling. What a name leads to is judged at each connection; here a person
 * learns at once what can never work.
 * @throws Problem (422)
 */
export function webhookUrl(text: string, allowedHosts: readonly string[]): string {
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text))
    throw wrong('Must be an address such as https://hooks.example.com/castellan.');
  const url = new URL(text);
  const isAllowed = isAllowedHost(url, allowedHosts);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed)) throw wrong('Must start with https://.');
  if (url.username !== '' || url.password !== '')
    throw wrong('Must not contain a user or a password: every delivery is signed, and the signature says who sends it.');
  if (text.includes('#')) throw wrong('Must not contain a fragment (#): it would never be sent.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isSpecialAddress(host) && !isAllowed)
    throw wrong(
      'Is not an address on the public Internet. Whoever runs Castellan can allow it in CASTELLAN_ALLOW_WEBHOOK_HOSTS.',
    );
  if (url.href.length > LONGEST_URL) throw wrong(`Must be at most ${LONGEST_URL} characters.`);
  return url.href;
}

function wrong(message: string): Problem {
  return invalidWebhook('url', message);
}

export function invalidWebhook(field: 'url' | 'mailTo' | 'format' | 'template', message: string): Problem {
  return new Problem({ code: 'invalid-webhook', detail: `${field}: ${message}`, errors: [{ field, message }] });
}
