export { type Watched, watchBatch, type WatchedBatch, type WatchedFinding } from './watch.js';
export { RulesOfWorkspaces, type WorkspaceRules } from './workspace-rules.js';
