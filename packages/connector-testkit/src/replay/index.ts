export * from './fixture.js';
export * from './serve-fixtures.js';
