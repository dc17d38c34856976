/** Whether a token works from everywhere, or from everywhere but a few networks. `t`: what the statement calls its table. */
export function worksAnywhere(t: string): string {
  return `(${t}.network = 'anywhere' OR ${t}.network = 'zones' AND ${t}.included_zones = '{}')`;
}
