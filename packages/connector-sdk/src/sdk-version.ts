/**
 * The version of this package, which `npm run version-packages` raises by semver when the contract changes; the host refuses connectors outside
 * its range.
 */
export const SDK_VERSION = '0.1.0';
