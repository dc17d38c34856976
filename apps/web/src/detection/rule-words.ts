import type {
  BoundsView,
  DetectionKind,
  DryRunView,
  RuleCheckView,
  RuleFileView,
  RuleProblemView,
  RuleView,
  Severity,
} from '@castellan/api';

export const KIND_WORDS: Readonly<Record<DetectionKind, string>> = {
  detection: 'One event',
  event_count: 'How many events',
  value_count: 'How many different values',
  value_sum: 'A sum',
  value_avg: 'An average',
  value_percentile: 'A percentile',
  temporal: 'Several rules together',
  temporal_ordered: 'Several rules one after the other',
  new_value: 'Something never seen before',
  absence: 'Something that stays away',
  geo_velocity: 'Faster than one can travel',
  ratio: 'A ratio',
};

const BOUND_WORDS: Readonly<Record<keyof BoundsView, string>> = {
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  eq: 'exactly',
  neq: 'anything but',
  least: 'of no fewer than',
};
export const BOUND_NAMES = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq', 'least'] as const satisfies readonly (keyof BoundsView)[];

export function boundName(name: keyof BoundsView): string {
  const words = BOUND_WORDS[name];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `more than 10 and at most 50`, `at most 0.25 and of no fewer than 10 events`. */
export function boundsWords(bounds: BoundsView): string {
  return BOUND_NAMES.flatMap((name) => {
    const value = bounds[name];
    return value === undefined
      ? []
      : [`${BOUND_WORDS[name]} ${value.toLocaleString('en')}${name === 'least' ? ' events' : ''}`];
  }).join(' and ');
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  s: ['second', 'seconds'],
  m: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  w: ['week', 'weeks'],
  M: ['month', 'months'],
  y: ['year', 'years'],
};

/** `90m`: `90 minutes`. What is none is shown as it is. */
export function timespanWords(timespan: string): string {
  const [, number = '', unit = ''] = /^(\d+)([smhdwMy])$/.exec(timespan) ?? [];
  const words = UNITS[unit];
  return words === undefined ? timespan : `${number} ${number === '1' ? words[0] : words[1]}`;
}

/** As it is told here: what the workspace has set goes before what the rule says. */
export function shownLevel({ level, setting }: Pick<RuleView, 'level' | 'setting'>): Severity {
  return setting?.level ?? level;
}

/** Whether the workspace has anything otherwise than the rule says. */
export function isChanged({ setting }: Pick<RuleView, 'setting'>): boolean {
  if (setting === null) return false;
  return !setting.enabled || setting.level !== null || setting.bounds !== null || setting.timespan !== null;
}

export function sourceWords(source: string): string {
  return source === 'ours' ? 'Castellan' : source;
}

/** `12 hits`, `1 hit`. */
export function countedHits(hits: number): string {
  return `${hits.toLocaleString('en')} ${hits === 1 ? 'hit' : 'hits'}`;
}

/** `3 rules`, `1 rule`. */
export function countedRules(rules: number): string {
  return `${rules.toLocaleString('en')} ${rules === 1 ? 'rule' : 'rules'}`;
}

/** Where the words of a search are looked for. */
export const SEARCHED = 'titles, descriptions, authors, techniques such as T1110, and the fields and values that rules ask for';

/** At its maker's. `T1110.003` has a page below that of `T1110`. */
export function attackAddress(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
}

/** What of a file works, and whether it is in use: `3 rules work, 1 has an error; the file is in use.` */
export function savedWords({ enabled, ...file }: RuleFileView): string {
  return `${workingWords(file)}; the file is ${enabled ? 'in use' : 'not in use'}.`;
}

/** The same of a text while it is written: `As it stands: 2 rules work, 1 has an error.` */
export function checkedWords(checked: RuleCheckView): string {
  const said = workingWords(checked);
  return `As it stands: ${said.charAt(0).toLowerCase()}${said.slice(1)}.`;
}

function workingWords({ rules, filters, problems }: Pick<RuleCheckView, 'rules' | 'filters' | 'problems'>): string {
  const working = [rules > 0 && countedRules(rules), filters > 0 && countedFilters(filters)].filter((one) => one !== false);
  const works = rules + filters === 1 ? 'works' : 'work';
  const faulty = faultyRules(problems);
  const wrong = `${faulty} ${faulty === 1 ? 'has' : 'have'} an error`;
  const broken = faulty === 0 ? '' : working.length === 0 ? `: ${wrong}` : `, ${wrong}`;
  return `${working.length === 0 ? 'Nothing in it works' : `${working.join(' and ')} ${works}`}${broken}`;
}

/** How many rules and filters cannot be used: one may have several mistakes. */
export function faultyRules(problems: readonly RuleProblemView[]): number {
  return new Set(problems.map(({ file, ruleLine }) => `${ruleLine} ${file}`)).size;
}

/** `1 rule is for another product (globex) and was not tried.`; nothing, where there is none. */
export function elsewhereWords({ rules, products }: DryRunView['elsewhere']): string | undefined {
  if (rules === 0) return undefined;
  const are = rules === 1 ? 'is for another product' : 'are for other products';
  return `${countedRules(rules)} ${are} (${products.join(', ')}) and ${rules === 1 ? 'was' : 'were'} not tried.`;
}

/** Whoever knows filters that say what is kept would take it for the opposite. */
export const FILTER_MEANS =
  'A filter excludes: of the rules that it names, what its condition holds for is not told. It finds nothing by itself.';

/** `2 filters`, `1 filter`. */
export function countedFilters(filters: number): string {
  return `${filters.toLocaleString('en')} ${filters === 1 ? 'filter' : 'filters'}`;
}

/**
 * How many rules there are, switched off or not, as `castellan detect` counts them, and what of them is told:
 * `324 rules: 205 are told, 119 are there for other rules.` Of some of them: `12 of 324 rules.`
 */
export function shownWords(shown: readonly RuleView[], all: readonly RuleView[]): string {
  if (shown.length < all.length) return `${shown.length.toLocaleString('en')} of ${countedRules(all.length)}.`;
  const told = all.filter(({ isTold }) => isTold).length;
  const others = all.length - told;
  if (others === 0) return `${countedRules(all.length)}.`;
  const [are, areOthers] = [told, others].map((count) => `${count.toLocaleString('en')} ${count === 1 ? 'is' : 'are'}`);
  return `${countedRules(all.length)}: ${are} told, ${areOthers} there for other rules.`;
}
