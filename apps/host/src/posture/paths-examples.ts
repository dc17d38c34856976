import { type AttackPaths, PATH_STEPS, type PathNode, type PathStarts, type PathStep, type StepFix } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { REASONS } from './check-examples.js';

const node = (kind: PathNode['kind'], key: string, label: string): PathNode => ({
  kind,
  key,
  label,
  detail: null,
  status: kind === 'group' ? null : 'active',
  present: true,
});
const HELP = node('account', '00u1Help', 'Hana Help');
const LEAD = node('account', '00u1Lead', 'Leo Lead');
const ADMINS = node('group', '00g1Admins', 'Administrators');
const TOLD: PathNode = { ...ADMINS, detail: 'Those who run the organisation' };
const WORDS: PathNode = { ...HELP, detail: 'hana@acme.example' };
const PARTNER: PathNode = { ...node('identity_provider', '0oi1Partner', 'Partner'), detail: 'SAML2', present: false };

const RESET: PathStep = { kind: 'resets_password', from: HELP, to: LEAD, over: null, because: 'Help Desk Administrator' };
const OWN: PathStep = { kind: 'owns_group', from: LEAD, to: ADMINS, over: null, because: null };
const MANY: PathStep = { ...RESET, to: null, over: 'all accounts without a role' };

const HOW: StepFix = {
  kind: 'owns_group',
  fix: 'Take the ownership away, or let somebody of tier zero own the group.',
  console: ['Directory > Groups > the group > Owners: remove the owner.'],
};
const SUPER: readonly PathNode[] = [node('account', '00u1Root', 'Rita Root'), TOLD];
const FINDING = '0d6c1f0a-77c1-4f0c-9a52-5f6f0e2f7f11';
const STARTS: readonly PathStarts['kind'][] = ['account', 'application', 'client', 'identity_provider'];
const MEMBERS: readonly PathNode['kind'][] = [...STARTS, 'group', 'role'];
const NONE = { otherFirstSteps: 0, finding: null };

const PATHS: AttackPaths = {
  integration: { id: '8f2f3c1e-1d8b-4a58-9a13-0a2f7d1c9b77', name: 'Acme' },
  computedAt: '2026-11-26T09:28:10.120Z',
  total: 2,
  tierZero: 4,
  starts: [{ kind: 'account', count: 2 }],
  tierZeroMembers: SUPER,
  uncut: 1,
  fixes: [HOW],
  chokePoints: [
    { step: OWN, cuts: 2 },
    { step: { ...RESET, from: WORDS, to: WORDS }, cuts: 1 },
    { step: { ...OWN, from: ADMINS, to: TOLD }, cuts: 1 },
    { step: MANY, cuts: 1 },
  ],
  items: [
    { from: HELP, steps: [RESET, OWN], otherFirstSteps: 2, finding: FINDING },
    {
      from: WORDS,
      steps: [
        { ...MANY, from: WORDS },
        { ...RESET, to: WORDS },
        { ...OWN, from: ADMINS, to: TOLD },
      ],
      ...NONE,
    },
    { from: LEAD, steps: [OWN], ...NONE },
  ],
  next: null,
  reasons: [],
};

export const PATHS_ANSWER = new Examples({ example: PATHS }, [
  {
    ...PATHS,
    items: [
      { from: PARTNER, steps: PATH_STEPS.map((kind): PathStep => ({ ...OWN, kind })), ...NONE },
      { from: node('client', '0oa1Robot', 'Robot'), steps: [OWN], ...NONE },
      {
        from: node('application', '0oa1Wiki', 'Wiki'),
        steps: [{ ...OWN, to: node('role', 'ADMIN', 'Administrator') }],
        ...NONE,
      },
    ],
    starts: STARTS.map((kind) => ({ kind, count: 1 })),
    tierZeroMembers: MEMBERS.map((kind) => node(kind, `${kind}1`, 'Somebody')),
    fixes: PATH_STEPS.map((kind): StepFix => ({ ...HOW, kind, console: [] })),
    next: 'eyJ2IjoxfQ',
    reasons: REASONS,
  },
  { ...PATHS, computedAt: null, starts: [], tierZeroMembers: [], fixes: [], chokePoints: [], items: [] },
]);
