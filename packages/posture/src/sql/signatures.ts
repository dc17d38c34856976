/** Whether an algorithm is one with which two texts of the same signature can be made, in whatever form it is written. */
export function isBrokenAlgorithm(algorithm: string): string {
  return `coalesce(${algorithm} ~* '(md5|sha[-_]?1)([^0-9]|$)', false)`;
}
