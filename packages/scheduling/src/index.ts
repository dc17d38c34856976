export * from './ports.js';
export * from './scheduling.module.js';
export * from './set-aside.js';
export * from './sync-ticks.js';
export * from './tick-runner.js';
export * from './work-queue.js';
