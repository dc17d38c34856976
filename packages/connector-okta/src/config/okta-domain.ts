import { domainToUnicode } from 'node:url';

/** Domains below which Okta gives every organisation one name. Source: Okta, "Okta organizations". Custom domains exist beside them. */
export const OKTA_SUFFIXES: readonly string[] = [
  'okta.com',
  'oktapreview.com',
  'okta-emea.com',
  'okta-gov.com',
  'okta.mil',
  'trexcloud.com',
  'trex-govcloud.com',
  'okta-miltest.com',
];

/** Names below `okta.com` that are Okta's own sites, where no organisation answers. */
const OWN_SITES: readonly string[] = ['www', 'login', 'developer', 'support', 'help', 'trust', 'status', 'sec', 'admin'];

const EXAMPLE = 'Enter the address that your people sign in at, e.g. https://acme.okta.com.';

/**
 * Okta's rules for a host name that has passed the general rules: a message with the way out, or `undefined`.
 * Offline, so a custom domain cannot be judged here: `/.well-known/okta-organization` does that before any credential is sent.
 */
export function checkOktaHost(host: string): string | undefined {
  const suffix = OKTA_SUFFIXES.find((known) => host === known || host.endsWith(`.${known}`));
  if (suffix === undefined) return checkForeignHost(host);
  const name = host.slice(0, -suffix.length - 1);
  if (name === '' || OWN_SITES.includes(name)) return `Is a site of Okta itself, not of an organisation. ${EXAMPLE}`;
  if (checkForeignHost(name) !== undefined) return checkForeignHost(name);
  if (/youroktadomain|yoursubdomain/.test(name)) return `Is the placeholder of Okta's documentation. ${EXAMPLE}`;
  return undefined;
}

/**
 * The organisation's own host for the one of its admin console (`acme-admin.okta.com`), which people copy from their browser.
 * Calls to the console's host are answered, but its paging links lead to the plain host, and every listing would break off.
 */
export function withoutAdmin(host: string): { readonly host: string; readonly why: string } | undefined {
  const suffix = OKTA_SUFFIXES.find((known) => host.endsWith(`-admin.${known}`));
  if (suffix === undefined) return undefined;
  // All of them at once: what comes out is validated again before each use and must stay what it is.
  const name = host.slice(0, -suffix.length - 1).replace(/(-admin)+$/, '');
  const plain = `${name}.${suffix}`;
  return { host: plain, why: `${host} is the address of the admin console. Castellan uses https://${plain} instead.` };
}

function checkForeignHost(host: string): string | undefined {
  // `acme.okta.com.evil.test` and `acme.okta.com.com` are not Okta's; sent there, the credential would be a stranger's.
  const double = OKTA_SUFFIXES.find((known) => isDouble(host, known));
  if (double !== undefined) return `Looks like an address below "${double}" and is another one. ${EXAMPLE}`;
  const inside = OKTA_SUFFIXES.find((known) => `.${host}.`.includes(`.${known}.`));
  if (inside === undefined) return undefined;
  return `Contains "${inside}" but does not end with it, so it is not an address of Okta. ${EXAMPLE}`;
}

/** Whether a host ends like a domain of Okta but for letters of other scripts, which may look like any letter (`acme.xn--okt-8cd.com`). */
function isDouble(host: string, suffix: string): boolean {
  const labels = domainToUnicode(host).split('.').slice(-suffix.split('.').length);
  const letters = [...labels.join('.')];
  return letters.length === suffix.length && letters.every((letter, index) => letter === suffix[index] || letter > '\u007f');
}
