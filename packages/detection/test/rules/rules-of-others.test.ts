import { parseDocument } from 'yaml';
import { readRules, RuleSet } from '../../src/index.js';

/** As rules are written that others share: names of fields in small letters, both logsources, dates with strokes, a note in the middle. */
const HEADER = `status: experimental
description: |
    Detects what its title says.
    Another line of it.
license: DRL-1.1
related:
    - id: 5f113a8f-8b61-41ca-b90f-d374fa7e4a39
      type: derived
references:
    - https://acme.example/article
author: Ann Author (@annauthor), Ben Beside
date: 2024/01/31
modified: 2024-02-29
tags:
    - attack.credential_access
    - attack.t1556.006
    - detection.emerging_threats
logsource:
    service: okta
    product: okta
falsepositives:
    - An administrator at work

level: medium
`;

/** By its name what a rule asks for, and an event that is it, as the log has it. */
const RULES: readonly (readonly [name: string, detection: string, event: object])[] = [
  [
    'a list of types, the field in small letters',
    "selection:\n    eventtype:\n        - group.application_assignment.add\n        - 'group.application_assignment.remove'\ncondition: selection",
    { eventType: 'group.application_assignment.remove' },
  ],
  [
    'the message, without quotation marks',
    'selection:\n    displaymessage: Somebody did what nobody does\ncondition: selection',
    { displayMessage: 'Somebody did what nobody does' },
  ],
  [
    'a boolean as a text',
    "selection:\n    eventType: 'user.session.start'\n    securitycontext.isproxy: 'true'\ncondition: selection",
    { eventType: 'user.session.start', securityContext: { isProxy: true } },
  ],
  [
    'one of two fields, deep, and any of the targets',
    `selection_type:
    eventtype: 'policy.evaluate_sign_on'
    target.displayname: 'Payroll Console'
selection_said:
    - debugcontext.debugdata.behaviors|contains: 'POSITIVE'
    - debugContext.debugData.logOnlySecurityData|contains: 'POSITIVE'
condition: all of selection_*`,
    {
      eventType: 'policy.evaluate_sign_on',
      target: [{ displayName: 'Ann' }, { displayName: 'Payroll Console' }],
      debugContext: { debugData: { logOnlySecurityData: '{"behaviors":{"New Device":"POSITIVE"}}' } },
    },
  ],
  [
    'a filter by a regular expression',
    `selection:
    legacyeventtype: 'core.user_auth.login_failed'
filter_main:
    # A note.
    actor.alternateid|re: '(^0ob.*|[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,10})'
condition: selection and not filter_main`,
    { legacyEventType: 'core.user_auth.login_failed', actor: { alternateId: 'no address' } },
  ],
  [
    'a filter by a field that is never there',
    "selection:\n    debugContext.debugData.requestUri|contains: '/console'\nfilter:\n    alternateId|contains:\n        - '@acme.example'\ncondition: selection and not filter",
    { debugContext: { debugData: { requestUri: '/console/people' } }, actor: { alternateId: 'ann@acme.example' } },
  ],
  [
    'a name with dots that stands in the event as one',
    "selection:\n    target.user.display.name|contains: 'svc_'\ncondition: selection",
    { 'target.user.display.name': 'a SVC_account' },
  ],
];

const files = RULES.map(([title, detection], n) => ({
  name: `${n}.yml`,
  text: `title: ${title}\nid: 00000000-0000-4000-8000-00000000000${n}\n${HEADER}detection:\n${detection.replaceAll(/^/gm, '    ')}\n`,
}));
const { detections, problems } = readRules(files, {}, 'okta');
const found = (event: object): readonly string[] => {
  const titles: string[] = [];
  new RuleSet(detections).match(event, ({ title }) => titles.push(title));
  return titles;
};

test('rules as others write them are read without a problem, and say who wrote them', () => {
  expect(files.flatMap(({ text }) => parseDocument(text).errors)).toEqual([]);
  expect(problems).toEqual([]);
  expect(new Set(detections.map(({ author }) => author))).toEqual(new Set(['Ann Author (@annauthor), Ben Beside']));
  expect(detections.map(({ title }) => title)).toEqual(RULES.map(([title]) => title));
});

test.each(RULES)('%s finds its event, and no other', (title, _, event) => {
  expect(found(event)).toEqual([title]);
});

test('what their filters are about is not found', () => {
  expect(found({ legacyEventType: 'core.user_auth.login_failed', actor: { alternateId: 'ann@acme.example' } })).toEqual([]);
  expect(found({ eventType: 'user.session.start', securityContext: { isProxy: false } })).toEqual([]);
});
