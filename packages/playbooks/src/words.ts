import { type Awaited, type Conditions, type Playbook, type Span, type Step } from './playbook.js';
import { SELECTORS, SUBJECT } from './vocabulary.js';

/** What a fact says where it is so, and where it is not. */
const FACT_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  isKnown: ['is there still', 'is not known here'],
  isHuman: ['is a person', 'is no person'],
  isAdministrator: ['is an administrator', 'is no administrator'],
  isSuperAdministrator: ['has all rights', 'does not have all rights'],
  isForEmergencies: ['is in a list of accounts for emergencies', 'is in no list of accounts for emergencies'],
};

/** A condition a sentence. @param of what it is about: `the account` */
export function conditionWords(conditions: Conditions, of = 'the subject'): readonly string[] {
  return clauses(conditions, of).map((clause) => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`);
}

function clauses(conditions: Conditions, of: string): readonly string[] {
  return Object.entries(conditions).map(([fact, values]) => {
    const [yes, no] = FACT_WORDS[fact] ?? [];
    const [only] = values;
    if (values.length === 1 && typeof only === 'boolean' && yes !== undefined) return `${of} ${only ? yes : no}`;
    const said = values.map((value) => String(value).replaceAll('_', ' ')).join(' or ');
    return fact === 'status' ? `${of} is ${said}` : `${of} has the ${fact} ${said}`;
  });
}

/** What a step does, in sentences. */
export function stepWords(step: Step, playbook: Pick<Playbook, 'steps'>): readonly string[] {
  return [...clauses(step.when, 'the subject').map((clause) => `Only if ${clause}.`), ...ownWords(step, playbook)];
}

function ownWords(step: Step, playbook: Pick<Playbook, 'steps'>): readonly string[] {
  const to = (id: string | null): string => placeWords(id, playbook);
  switch (step.kind) {
    case 'action':
      return actionWords(step, to);
    case 'notify':
      return [
        `Tell the receivers of events: ${step.says}`,
        ...(step.list === null ? [] : [`With ${selectorWords(step.list)}.`]),
      ];
    case 'approval':
      return [
        `Ask a person: ${step.asks}`,
        `Declined: ${to(step.declined)}.`,
        `Without an answer within ${spanWords(step.within)}: ${to(step.late)}.`,
      ];
    case 'wait':
      return [
        `Wait until ${awaitedWords(step.for)}, ${spanWords(step.within)} at most.`,
        `When it comes: ${to(step.came)}.`,
        `When it does not: ${to(step.late)}.`,
      ];
  }
}

function actionWords(
  { action, on, where, most, required, refused }: Extract<Step, { kind: 'action' }>,
  to: (id: string | null) => string,
): readonly string[] {
  const several = on === SUBJECT ? [] : [`With more than ${most} of them nothing is done, and a person is asked.`];
  return [
    `The action ${action}, done to ${selectorWords(on)}.`,
    ...Object.entries(where).map(([field, values]) => `Of them, those whose ${field} is ${values.map(String).join(' or ')}.`),
    ...several,
    ...(required ? ['Nothing goes on before that is done, by hand if need be.'] : []),
    ...(refused === null ? [] : [`When nothing of it is done: ${to(refused)}.`]),
  ];
}

function selectorWords(name: string): string {
  return SELECTORS[name]?.says ?? name;
}

function awaitedWords(awaited: Awaited): string {
  if (awaited.is === 'finding-resolved') return 'the finding is resolved';
  return `the log shows of the subject: ${awaited.use.join(' or ')}`;
}

function placeWords(id: string | null, { steps }: Pick<Playbook, 'steps'>): string {
  if (id === null) return 'go on with the next step';
  const step = steps.find((one) => one.id === id);
  return step === undefined ? `end as "${id}"` : `go on with "${step.title}"`;
}

const UNITS: Readonly<Record<string, string>> = { m: 'minute', h: 'hour', d: 'day' };

/** `24h`: `24 hours` */
export function spanWords({ text }: Span): string {
  const many = text.slice(0, -1);
  const unit = UNITS[text.slice(-1)] ?? '';
  return `${many} ${unit}${many === '1' ? '' : 's'}`;
}
