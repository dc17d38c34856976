/** RFC 5321 4.5.3.1.3: a path of 256 octets, with its angle brackets. */
export const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;
/** RFC 5321 `Dot-string`. No quoted one: whatever could end a line, a header or a command needs quotes. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** At least two labels, the last one no number: a name, not an address of a machine. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * A plain address, its domain in lower case. What comes before the `@` is for its own server to compare.
 * @returns `undefined`: it is none, or one that no mail server need know (`"a b"@c`, `a@[10.0.0.1]`, `Name <a@b>`)
 */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  const isOne = at > 0 && text.length <= LONGEST_ADDRESS && local.length <= LONGEST_LOCAL;
  return isOne && LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
}
