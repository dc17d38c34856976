declare global {
  /** Given by the tests' environment: Node itself loads the module, once for all files of a worker. */
  var loadOnce: (specifier: string) => Promise<unknown>;
}

type Module = typeof import('../gallery/open-gallery.mjs');
export type Gallery = Awaited<ReturnType<Module['openGallery']>>;

/** Vite and the browser's driver are no code under test, and Jest's own loader cannot run the one. */
export const loadGallery = () => loadOnce('../gallery/open-gallery.mjs') as Promise<Module>;
export const loadBrowser = () => loadOnce('../gallery/browser.mjs') as Promise<typeof import('../gallery/browser.mjs')>;
