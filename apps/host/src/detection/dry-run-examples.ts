import type { DryRunInput, DryRunMatch, DryRunView } from '@castellan/api';
import { Examples, keyed } from '../docs/examples.js';

const RULE = { id: 'An API token was made', title: 'An API token was made' };

const MATCH: DryRunMatch = {
  rule: RULE,
  level: 'medium',
  integration: { id: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11', name: 'Acme' },
  at: '2026-11-20T06:00:01.618Z',
  events: ['3b1f0f0e-6d9c-11f0-8de9-0242ac120002'],
  group: keyed({ 'actor.id': '00u0FlPUeNfpAAAAtsm7' }),
  actor: 'ana.diaz@acme.example',
};

const FOUND: DryRunView = {
  problems: [{ file: 'own.yml', line: 12, ruleLine: 8, message: '"like" is no modifier.' }],
  events: 48_213,
  from: '2026-10-27T09:30:00.000Z',
  isCut: false,
  elsewhere: { rules: 1, products: ['globex'] },
  rules: [{ ...RULE, hits: 2, byDay: [{ day: '2026-11-20', hits: 2 }] }],
  matches: [MATCH, { ...MATCH, actor: null }],
};
export const DRY_RUN_ANSWER = FOUND;

const CONTENT = `title: An API token was made
logsource: { product: acme }
detection:
  made: { eventType: system.api_token.create }
  condition: made
level: medium
`;
const ALL: DryRunInput = { content: CONTENT, name: 'own.yml', days: 30 };
const ONE: DryRunInput = { ...ALL, integration: MATCH.integration.id };
export const DRY_RUN_BODY = new Examples({ 'of all integrations': ALL, 'of one': ONE });
