/**
 * The name that the host gives where nobody has chosen one: the connector's, with the next free number when it is taken.
 * @param taken the names of all integrations
 */
export function defaultName(connector: string, taken: readonly string[]): string {
  if (!taken.includes(connector)) return connector;
  const numbers = taken.map((name) => (name.startsWith(`${connector} `) ? name.slice(connector.length + 1) : ''));
  const highest = Math.max(1, ...numbers.filter((number) => /^[1-9]\d{0,8}$/.test(number)).map(Number));
  return `${connector} ${highest + 1}`;
}
