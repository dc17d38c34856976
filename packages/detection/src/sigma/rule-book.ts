import type { Placeholders } from './placeholders.js';
import { readDetection } from './read-detection.js';
import type { DetectionRule, RuleProblem } from './rule.js';
import { RuleError } from './rule-error.js';
import { type YamlDocument, yamlDocuments } from './yaml-documents.js';

export interface RuleFile {
  /** As it is named in problems. */
  readonly name: string;
  readonly text: string;
}

export interface RuleBook {
  readonly detections: readonly DetectionRule[];
  readonly problems: readonly RuleProblem[];
}

/** Reads all rules of all files; one with a mistake is told, and stops no other. */
export function readRules(files: readonly RuleFile[], placeholders: Placeholders = {}): RuleBook {
  const detections: DetectionRule[] = [];
  const problems: RuleProblem[] = [];
  for (const { name: file, text } of files) {
    const read = yamlDocuments(text, file);
    problems.push(...read.problems);
    for (const document of read.documents) {
      const rule = readOne(document, file, placeholders);
      if ('message' in rule) problems.push(rule);
      else detections.push(rule);
    }
  }
  return { detections, problems };
}

function readOne(document: YamlDocument, file: string, placeholders: Placeholders): DetectionRule | RuleProblem {
  const { content, line } = document;
  try {
    return readDetection(content, { file, line }, placeholders);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const where = error.path.length === 0 ? '' : `${error.path.join('.')}: `;
    return { file, line: document.lineOf(error.path), message: sentence(`${where}${error.message}`) };
  }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
