export * from './connector.js';
export * from './config/scim-auth.js';
export * from './config/scim-config.js';
