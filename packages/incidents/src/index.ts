export { incidentTimeline } from './answers/incident-timeline.js';
export { incidentDetail, incidentsSummary, incidentViews } from './answers/incident-views.js';
export { type Watched, watchBatch, type WatchedBatch, type WatchedFinding } from './watch.js';
export { RulesOfWorkspaces, type WorkspaceRules } from './workspace-rules.js';
