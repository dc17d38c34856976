export * from './connector.js';
export * from './config/key-pair.js';
export * from './config/okta-auth.js';
export * from './config/okta-config.js';
export * from './config/scopes.js';
export * from './config/selection.js';
