/** The scopes that the simulated clients have unless the options say otherwise. */
export const DEFAULT_SCOPES: readonly string[] = ['users', 'idps', 'roles', 'groups', 'apps', 'logs'].map(
  (area) => `okta.${area}.read`,
);

const SCOPE = /^okta\.[A-Za-z]+(\.[A-Za-z]+)*\.(read|manage)$/;

export const isOktaScope = (scope: string): boolean => SCOPE.test(scope);

/** `manage` includes `read`. */
export function covers(granted: ReadonlySet<string>, scope: string): boolean {
  return granted.has(scope) || granted.has(scope.replace(/\.read$/, '.manage'));
}
