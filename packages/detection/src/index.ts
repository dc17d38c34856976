export type { DetectionRule, Level, LogSource, RuleFacts, RuleProblem } from './sigma/rule.js';
export type { Placeholders } from './sigma/placeholders.js';
export { readRules, type RuleBook, type RuleFile } from './rule-book.js';
export { RuleSet } from './sigma/rule-set.js';
