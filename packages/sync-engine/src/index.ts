export * from './ports/integration-store.js';
export * from './ports/run-store.js';
