export * from './ports.js';
export type { HintStore } from './queues/hint-store.js';
export * from './queues/open-hints.js';
export * from './queues/turn-queue.js';
export * from './queues/work-queue.js';
export * from './scheduling.module.js';
export * from './ticks/set-aside.js';
export * from './ticks/sync-ticks.js';
export * from './ticks/tick-runner.js';
