export * from './connector.js';
export * from './config/okta-auth.js';
export * from './config/okta-config.js';
export * from './streams/scopes.js';
