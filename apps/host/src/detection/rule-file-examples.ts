import type { RuleCheckInput, RuleCheckView, RuleFileDetail, RuleFileInput, RuleFileView } from '@castellan/api';

const CONTENT = `title: An API token was made
logsource: { product: acme }
detection:
  made: { eventType: system.api_token.create }
  condition: made
level: medium
`;

const FILE: RuleFileView = {
  id: '7f0b7c3e-1f6d-4f3a-9a0e-2a3f0c1d5e11',
  name: 'own.yml',
  enabled: true,
  rules: 1,
  filters: 0,
  problems: [
    {
      file: 'own.yml',
      fileId: '7f0b7c3e-1f6d-4f3a-9a0e-2a3f0c1d5e11',
      line: 12,
      ruleLine: 8,
      message: '"like" is no modifier.',
    },
  ],
  notes: [
    {
      file: 'own.yml',
      fileId: '7f0b7c3e-1f6d-4f3a-9a0e-2a3f0c1d5e11',
      line: 5,
      ruleLine: 1,
      message: 'detection.made.evenType: our rules know no field "evenType": is "eventType" meant?',
    },
  ],
  changedBy: 'Ada Lovelace',
  changedAt: '2026-11-26T09:30:00.000Z',
};
export const RULE_FILES_ANSWER: { readonly items: readonly RuleFileView[] } = { items: [FILE] };

const DETAIL: RuleFileDetail = { ...FILE, content: CONTENT };
export const RULE_FILE_ANSWER = DETAIL;

const INPUT: RuleFileInput = { name: 'own.yml', content: CONTENT, enabled: true };
export const RULE_FILE_BODY = INPUT;

const CHECK: RuleCheckInput = { content: CONTENT };
export const RULE_CHECK_BODY = CHECK;
const CHECKED: RuleCheckView = {
  problems: [{ file: 'content', line: 12, ruleLine: 8, message: '"like" is no modifier.' }],
  notes: [
    {
      file: 'content',
      line: 5,
      ruleLine: 1,
      message: 'detection.made.evenType: our rules know no field "evenType": is "eventType" meant?',
    },
  ],
  rules: 1,
  filters: 0,
};
export const RULE_CHECK_ANSWER = CHECKED;
