export { adjusted, type RuleSetting, type SetBounds, without } from './adjusted.js';
export {
  ATTACK_VERSION,
  attackFacts,
  type AttackFacts,
  type Tactic,
  TACTICS,
  type Technique,
  TECHNIQUES,
} from './attack/techniques.js';
export { groupValues } from './correlation/arrivals.js';
export { type Bounds, type CorrelationRule, MOST_ENTRIES } from './correlation/correlation-rule.js';
export type { Correlated, FoundEpisode, GroupStore, LostEpisode } from './correlation/correlator.js';
export type { EventLookup, KeptEvent } from './correlation/event-lookup.js';
export { Group, type GroupState } from './correlation/group.js';
export { GroupsInMemory } from './correlation/groups-in-memory.js';
export { spanOf, spanText } from './correlation/read-correlation.js';
export { LATEST_MS } from './correlation/lateness.js';
export { type Detected, Detector, LEARNED_AT_ONCE, type Match } from './detector.js';
export { Enricher, type Surroundings } from './enrichment/enricher.js';
export { ENRICHED_FIELDS } from './enrichment/fields.js';
export { History } from './enrichment/history.js';
export type { Known, KnownAccount, KnownGroup } from './enrichment/known.js';
export { LearnedFromLog } from './enrichment/learned-from-log.js';
export { HistoriesInMemory, type Memory, type SubjectKind, subjectOf } from './enrichment/memory.js';
export { type NetworkList, type Networks, networksOf, readNetworkList } from './enrichment/networks.js';
export { folded, type FoldedBook } from './folded.js';
export { Evidence, type EvidentRule, type ExplainedEpisode } from './explanation/evidence.js';
export { explain, type Explained } from './explanation/explain.js';
export { type LogEvent, type Party, type Raw, readEvent } from './log-event.js';
export { notesOf, type RuleNote } from './notes/rule-notes.js';
export { type Vocabulary, vocabularyOf } from './notes/vocabulary.js';
export { otherFiles, ourRules, readRuleFolder } from './our-rules.js';
export { type Elsewhere, readRules, readRulesBesides, type RuleBook, type RuleFile } from './rule-book.js';
export { expressionLine } from './sigma/expression-line.js';
export type { Placeholders } from './sigma/placeholders.js';
export {
  type Confidence,
  type DetectionRule,
  type Level,
  LEVELS,
  type LogSource,
  type RuleFacts,
  type RuleProblem,
} from './sigma/rule.js';
export { ruleText } from './sigma/rule-text.js';
export { RuleSet } from './sigma/rule-set.js';
export { RulesTooSlow, type SlowRule } from './spending.js';
