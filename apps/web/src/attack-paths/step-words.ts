import type { PathNode, PathStarts, PathStep, PathStepKind } from '@castellan/api';

type Named = Pick<PathNode, 'label'>;

/** As much of a step as its sentence needs; findings have no more of it in their evidence. */
export interface SaidStep extends Pick<PathStep, 'kind' | 'because'> {
  readonly from: Named;
  readonly to: Named | null;
  readonly over: string | null;
}

/** Between the two ends of a step. */
const WORDS: Readonly<Record<PathStepKind, string>> = {
  member_of: 'is in',
  resets_password: 'can set the password of',
  resets_authenticators: 'can reset the authenticators of',
  manages_account: 'can change the profile of',
  adds_member: 'can put anybody into',
  owns_group: 'owns',
  manages_application: 'can change',
  reads_secret: 'can read the secret of',
  signs_in_as: 'can sign in as',
  manages_identity_provider: 'can change',
  assigns_group: 'puts people into',
  receives_password: 'is sent the password of',
  masters_group: 'decides who is in',
};

export function stepWords(kind: PathStepKind): string {
  return WORDS[kind];
}

/** What a step leads to. */
export function endWords({ to, over }: Pick<SaidStep, 'to' | 'over'>): string {
  return to?.label ?? over ?? '';
}

/** `by the role Help Desk`, `as Partner accepts it`; nothing where it can by itself. */
export function becauseWords({ because, kind }: Pick<PathStep, 'because' | 'kind'>): string | undefined {
  if (because === null) return undefined;
  if (kind === 'signs_in_as' || kind === 'assigns_group' || kind === 'receives_password') return undefined;
  return `by the role ${because}`;
}

/** `Hana can set the password of Leo, by the role Help Desk`. */
export function stepSentence(step: SaidStep): string {
  const because = becauseWords(step);
  return `${step.from.label} ${stepWords(step.kind)} ${endWords(step)}${because === undefined ? '' : `, ${because}`}`;
}

const KIND_WORDS: Readonly<Record<PathNode['kind'], string>> = {
  account: 'person',
  group: 'group',
  application: 'whoever runs this application',
  role: 'role',
  client: 'program',
  identity_provider: 'whoever runs this identity provider',
};

/** What a way begins at. */
export function startWords({ kind }: PathNode): string {
  return KIND_WORDS[kind];
}

const MANY: Readonly<Record<PathNode['kind'], readonly [one: string, many: string]>> = {
  account: ['account', 'accounts'],
  group: ['group', 'groups'],
  application: ['application', 'applications'],
  role: ['role', 'roles'],
  client: ['program', 'programs'],
  identity_provider: ['identity provider', 'identity providers'],
};

/** `3 accounts, 1 program and 2 identity providers`. */
export function startsWords(starts: readonly PathStarts[]): string {
  const parts = starts.map(({ kind, count }) => `${count.toLocaleString('en')} ${MANY[kind][count === 1 ? 0 : 1]}`);
  return new Intl.ListFormat('en').format(parts);
}

/** `2 other first steps also lead there`. */
export function otherStepsWords(count: number): string {
  if (count === 1) return '1 other first step also leads there';
  return `${count.toLocaleString('en')} other first steps also lead there`;
}

/** What places of a kind are called. */
export function kindName(kind: PathNode['kind']): string {
  return MANY[kind][0];
}
