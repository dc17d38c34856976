declare global {
  /** Of the environment of the tests: a module that all files of a worker share. A path is seen from `test`. */
  var loadOnce: (specifier: string) => Promise<unknown>;
}

// Nothing is checked here: each type names the module beside it.
export const loadHost = () => loadOnce('../src/host.ts') as Promise<typeof import('../src/host.js')>;
export const loadLogging = () =>
  loadOnce('../src/logging/root-logger.ts') as Promise<typeof import('../src/logging/root-logger.js')>;
export const loadStorage = () => loadOnce('@castellan/storage') as Promise<typeof import('@castellan/storage')>;
export const loadDeliverer = () =>
  loadOnce('../src/webhooks/deliverer.ts') as Promise<typeof import('../src/webhooks/deliverer.js')>;
export const loadSimulator = () => loadOnce('@castellan/okta-simulator') as Promise<typeof import('@castellan/okta-simulator')>;
export const loadSettings = () =>
  loadOnce('../src/settings/host-settings.ts') as Promise<typeof import('../src/settings/host-settings.js')>;
export const loadStartError = () =>
  loadOnce('../src/settings/start-error.ts') as Promise<typeof import('../src/settings/start-error.js')>;
