import { attackFacts, TACTICS, TECHNIQUES } from '../../src/attack/techniques.js';
import { ENRICHED_FIELDS } from '../../src/enrichment/fields.js';
import { notesOf } from '../../src/notes/rule-notes.js';
import { vocabularyOf } from '../../src/notes/vocabulary.js';
import { ourRules } from '../../src/our-rules.js';
import { readRules, type RuleBook } from '../../src/rule-book.js';
import type { Expression } from '../../src/sigma/expression.js';
import type { RuleFacts } from '../../src/sigma/rule.js';
import { type Catalogue, plain, readCatalogue, TARGET_TYPES } from './catalogue.js';

type Leaf = Extract<Expression, { type: 'field' }>;

function leavesOf(expression: Expression): readonly Leaf[] {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.of.flatMap(leavesOf);
    case 'not':
    case 'search':
      return leavesOf(expression.of);
    case 'field':
      return [expression];
    case 'keyword':
      return [];
  }
}

/** Texts that a field is held against as a whole; none of a part of one. */
function textsOf({ matcher }: Leaf): readonly string[] {
  if (matcher.kind === 'one_of') return [...matcher.texts];
  if (matcher.kind !== 'text') return [];
  return matcher.pattern.every((piece) => typeof piece === 'string') ? [matcher.pattern.join('')] : [];
}

interface Asked {
  readonly rule: RuleFacts;
  readonly leaves: readonly Leaf[];
  /** What is grouped by or counted. */
  readonly fields: readonly string[];
}

function askedBy(book: RuleBook): readonly Asked[] {
  const levels = (rule: RuleFacts): readonly Leaf[] => rule.own.levels.flatMap(({ when }) => leavesOf(when));
  return [
    ...book.detections.map((rule) => ({ rule, leaves: [...leavesOf(rule.expression), ...levels(rule)], fields: [] })),
    ...book.linked.correlations.map(({ rule }) => {
      const { kind, groupBy, aliases } = rule;
      const counted = 'fields' in kind ? kind.fields : 'field' in kind ? [kind.field] : [];
      const named = [...aliases.values()].flatMap((fields) => [...fields.values()]);
      return { rule, leaves: levels(rule), fields: [...groupBy.filter((field) => !aliases.has(field)), ...named, ...counted] };
    }),
  ];
}

/** Tags that say what is not so. */
function wrongTags({ rule }: Asked): readonly string[] {
  const { techniques, tactics } = attackFacts(rule.tags);
  const possible = new Set(techniques.flatMap((technique) => technique.tactics));
  const known = new Set([
    ...TECHNIQUES.map(({ id }) => `attack.${id.toLowerCase()}`),
    ...TACTICS.map((tactic) => `attack.${tactic.toLowerCase().replaceAll(' ', '-')}`),
  ]);
  return [
    ...rule.tags.filter((tag) => !known.has(tag)).map((tag) => `${tag} is not known`),
    ...tactics.filter((tactic) => !possible.has(tactic)).map((tactic) => `${tactic} is of none of its techniques`),
    ...(techniques.length === 0 ? ['it has no technique'] : []),
  ];
}

const ENRICHED = new Set(Object.keys(ENRICHED_FIELDS));
const DEBUG = 'debugContext.debugData.';
const DETAIL = 'target.detailEntry.';
const CHANGE = /^target\.changeDetails\.(?:from|to)\.([^.]+)/;

function wrongFields({ leaves, fields }: Asked, catalogue: Catalogue): readonly string[] {
  const ofField = (name: string): readonly string[] =>
    leaves.filter(({ field }) => field === name).flatMap((leaf) => textsOf(leaf));
  const types = ofField('eventType').map((type) => type.toLowerCase());
  const debug = catalogue.debugFields(types.filter((type) => catalogue.eventTypes.has(type)));
  const targets = new Set([...TARGET_TYPES].map((type) => type.toLowerCase()));
  const wrong = [...leaves.map(({ field }) => field), ...fields].filter((field) => {
    if (field.startsWith('x.')) return !ENRICHED.has(field);
    // What is within such a field the list does not say.
    if (field.startsWith(DEBUG)) return !debug.has(plain(field.slice(DEBUG.length).split('.')[0] ?? ''));
    if (field.startsWith(DETAIL)) return !catalogue.detailFields.has(plain(field.slice(DETAIL.length)));
    const [, changed] = CHANGE.exec(field) ?? [];
    return changed !== undefined && !catalogue.changeFields.has(plain(changed));
  });
  return [
    ...types.filter((type) => !catalogue.eventTypes.has(type)).map((type) => `there is no event ${type}`),
    ...[...ofField('target.type'), ...ofField('x.target.type')]
      .filter((type) => !targets.has(type.toLowerCase()))
      .map((type) => `there is no target ${type}`),
    ...[...new Set(wrong)].map((field) => `there is no field ${field}`),
  ];
}

/** By name of the rule; those without anything wrong are left out. */
function told(asked: readonly Asked[], wrong: (one: Asked) => readonly string[]): readonly string[] {
  return asked.flatMap((one) => wrong(one).map((what) => `${one.rule.name ?? one.rule.id}: ${what}`));
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const book = readRules(await ourRules());
const asked = askedBy(book);
const catalogue = readCatalogue();
/** The list of event types is no part of the project. */
const where = catalogue === undefined ? test.skip : test;

test('our rules have no mistake, and there are some', () => {
  expect(book.problems).toEqual([]);
  expect(asked.length).toBeGreaterThan(50);
});

test('every technique of our rules is in the table, and every tactic is one of its techniques', () => {
  expect(told(asked, wrongTags)).toEqual([]);
});

test('every enriched field that our rules ask for is one that there is', () => {
  const fields = asked.flatMap(({ leaves, fields: grouped }) => [...leaves.map(({ field }) => field), ...grouped]);
  expect(fields.filter((field) => field.startsWith('x.') && !ENRICHED.has(field))).toEqual([]);
});

where('every event, field and target that our rules ask for is in the list of what the log can hold', () => {
  if (catalogue === undefined) throw new Error('This is left out where the list is not there.');
  expect(catalogue.eventTypes.size).toBeGreaterThan(1_200);
  expect(told(asked, (one) => wrongFields(one, catalogue))).toEqual([]);
});

test('ids are of their own, and random', () => {
  const ids = asked.map(({ rule }) => rule.id);
  expect(ids.filter((id) => !UUID.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every rule that is told says what it means, what to do, and how it may be wrong', () => {
  const loud = asked.filter(({ rule }) => !book.silent.has(rule.id));
  const lacks = told(loud, ({ rule }) => [
    ...(rule.name?.startsWith('okta_') === true ? [] : ['its name does not say of whom it is']),
    ...((rule.description ?? '') === '' ? ['no description'] : []),
    ...(rule.falsePositives.length === 0 ? ['no false positives'] : []),
    ...(rule.own.response.length === 0 ? ['no response'] : []),
    ...(rule.tags.length === 0 ? ['no tags'] : []),
    ...(rule.title.length > 70 ? ['a long title'] : []),
  ]);
  expect(lacks).toEqual([]);
});

const PLANTED = `
title: Planted
name: okta_planted
tags: [attack.impact, attack.t1098, attack.t9998]
logsource: { product: okta, service: okta }
detection:
  one: { eventType: user.session.strat, debugContext.debugData.dtHush: a }
  two: { target.type: Usr, target.changeDetails.to.policyRuleNme: a, target.detailEntry.oktaDeviceIdd: a }
  condition: 1 of them
`;

where('what is wrong is found: an event, a field, a target, a technique, a tactic', () => {
  if (catalogue === undefined) throw new Error('This is left out where the list is not there.');
  const planted = askedBy(readRules([{ name: 'planted.yml', text: PLANTED }]));
  expect(planted.flatMap((one) => [...wrongTags(one), ...wrongFields(one, catalogue)])).toEqual([
    'attack.t9998 is not known',
    'Impact is of none of its techniques',
    'there is no event user.session.strat',
    'there is no target usr',
    'there is no field debugContext.debugData.dtHush',
    'there is no field target.changeDetails.to.policyRuleNme',
    'there is no field target.detailEntry.oktaDeviceIdd',
  ]);
});

where('nothing that the log can hold is taken for a slip of what our rules ask for', async () => {
  if (catalogue === undefined) throw new Error('This is left out where the list is not there.');
  const known = await vocabularyOf(await ourRules());
  const rules = [...catalogue.eventTypes].map(
    (type) => `title: t\nlogsource: { product: okta }\ndetection: { s: { eventType: ${type} }, condition: s }\n`,
  );
  expect(rules.length).toBeGreaterThan(1_200);
  const fields = [...catalogue.debugFields([])].map(
    (field) =>
      `title: t\nlogsource: { product: okta }\ndetection: { s: { debugContext.debugData.${field}: a }, condition: s }\n`,
  );
  const notes = await notesOf([{ name: 'real.yml', text: [...rules, ...fields].join('---\n') }], known);
  expect(notes.map(({ message }) => message)).toEqual([]);
});
