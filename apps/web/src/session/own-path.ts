/** Where to go after signing in: a page of ours, and no address that only begins like one (`//elsewhere`). */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in');
}
