import type { Check } from '../../src/check/check.js';
import { consoleSessionTooLong } from '../../src/checks/organisation/console-session-too-long.js';
import { consoleWithoutPhishingResistance } from '../../src/checks/organisation/console-without-phishing-resistance.js';
import { consoleWithoutSecondFactor } from '../../src/checks/organisation/console-without-second-factor.js';
import { dashboardWithoutPhishingResistance } from '../../src/checks/organisation/dashboard-without-phishing-resistance.js';
import { dashboardWithoutSecondFactor } from '../../src/checks/organisation/dashboard-without-second-factor.js';
import type { Severity } from '@castellan/api';
import type { RecordMap } from '@castellan/connector-sdk';
import { type Build, firstText, look, scenes, written } from '../fixtures/scenes.js';
import { access, requirement } from '../fixtures/settings.js';

type Rule = Partial<RecordMap['policy_rule']>;

/** An application of that technical name, with a policy, and another with another. */
const named =
  (name: string): Build =>
  (org) =>
    org
      .application('it', { name, policy: 'p' })
      .policy('p')
      .application('other', { name: 'crm', policy: 'q' })
      .policy('q')
      .policyRule('q', 'q1', access());

interface Sides {
  readonly name: string;
  /** What it compares. */
  readonly about: string;
  readonly bad: Rule;
  readonly silent: Rule;
  readonly severities: readonly [plain: Severity, managed: Severity, neverReached: Severity];
}

function rulesOf({ name, about, bad, silent, severities: [plain, managed, neverReached] }: Sides) {
  const onManaged = { ...bad, requirement: { ...(bad.requirement ?? requirement()), managedDevice: true } };
  return ({ names, passes, boundary, set, untold }: Parameters<Parameters<typeof scenes>[1]>[0]): void => {
    names(
      'a rule for anybody, one for managed devices, one that is never reached',
      (org) =>
        named(name)(org)
          .policyRule('p', 'p1', { ...onManaged, priority: 1 })
          .policyRule('p', 'p2', { ...bad, priority: 2 })
          .policyRule('p', 'p3', { ...bad, builtIn: true, priority: 9 }),
      { p1: managed, p2: plain, p3: neverReached },
    );
    passes('careful, off or refusing rules; those of another application', (org) =>
      named(name)(org)
        .policyRule('p', 'p1', access())
        .policyRule('p', 'p2', { ...bad, status: 'inactive' })
        .policyRule('p', 'p3', { ...bad, effect: 'deny' })
        .policyRule('q', 'q2', bad)
        .policyRule('p', 'p4', bad)
        .gone('policy_rule', 'p4')
        .application('was', { name, policy: 'r' })
        .policy('r')
        .policyRule('r', 'r1', bad)
        .gone('application', 'was'),
    );
    boundary(
      'nobody says, of a rule that refuses, and of another application',
      (org) =>
        named(name)(org)
          .policyRule('p', 'p1', access())
          .policyRule('p', 'p2', { ...silent, effect: 'deny' })
          .policyRule('q', 'q2', silent),
      {},
    );
    untold('nobody says', (org) => named(name)(org).policyRule('p', 'p1', silent), [about]);
    untold(
      'nobody says of one rule',
      (org) => named(name)(org).policyRule('p', 'p1', silent).policyRule('p', 'p2', bad),
      [about],
      {
        p2: plain,
      },
    );
    untold(
      'a policy that is off, or has no rule',
      (org) => named(name)(org).policy('p', { status: 'inactive' }).policyRule('p', 'p1', bad),
      ['policy_rule.requirement'],
    );
    untold(
      'nobody says which policy it has, and another has one',
      (org) => named(name)(org).application('it', { name, policy: null }).policyRule('p', 'p1', bad),
      ['application.policy of name:applications'],
    );
    untold(
      'of two that are named one has none',
      (org) => named(name)(org).application('it2', { name, policy: null }).policyRule('p', 'p1', bad),
      ['application.policy of name:applications'],
      { p1: plain },
    );
    set('another name, capitals or not', { applications: ['CRM'] }, (org) => named('x')(org).policyRule('q', 'q2', bad), {
      q2: plain,
    });
  };
}

const IN_CONSOLE = { name: firstText(consoleWithoutSecondFactor, 'applications') };
const IN_DASHBOARD = { name: firstText(dashboardWithoutSecondFactor, 'applications') };
const FACTORS = {
  about: 'policy_rule.mfaRequired',
  bad: access({ mfaRequired: false }),
  silent: access({ mfaRequired: null }),
};
const PHISHING = {
  about: 'policy_rule.requirement.phishingResistant',
  bad: access({ requirement: requirement({ phishingResistant: false }) }),
  silent: access({ requirement: requirement({ phishingResistant: null }) }),
};

scenes(consoleWithoutSecondFactor, rulesOf({ ...IN_CONSOLE, ...FACTORS, severities: ['critical', 'high', 'medium'] }));
scenes(consoleWithoutPhishingResistance, rulesOf({ ...IN_CONSOLE, ...PHISHING, severities: ['high', 'medium', 'low'] }));
scenes(dashboardWithoutSecondFactor, rulesOf({ ...IN_DASHBOARD, ...FACTORS, severities: ['high', 'medium', 'low'] }));
scenes(dashboardWithoutPhishingResistance, rulesOf({ ...IN_DASHBOARD, ...PHISHING, severities: ['medium', 'low', 'low'] }));

scenes(consoleSessionTooLong, ({ names, passes, boundary, set, untold }) => {
  const console = (idleMinutes: number | null, lifetimeMinutes: number | null): Build => {
    return (org) => org.setting('administration_console', { idleMinutes, lifetimeMinutes });
  };
  names('long without use', console(30, 720), { organisation: 'medium' });
  names('long as a whole', console(15, 1_440), { organisation: 'medium' });
  names('without a limit', console(0, null), { organisation: 'high' });
  names('without an end', console(null, 0), { organisation: 'high' });
  passes('short', (org) => console(10, 480)(org).setting('threat_insight', { idleMinutes: 90 }));
  untold('nobody says', console(null, null), ['setting:administration_console.idleMinutes']);
  untold('nobody says one of them', console(15, null), ['setting:administration_console.lifetimeMinutes']);
  boundary('15 minutes, 12 hours', console(15, 720), {});
  boundary('16 minutes', console(16, 720), { organisation: 'medium' });
  boundary('a minute more than 12 hours', console(15, 721), { organisation: 'medium' });
  set('half an hour', { idle: 30 }, console(30, 720), {});
  set('a day', { lifetime: 1_440 }, console(15, 1_440), {});
});

test.each([
  ['console-without-second-factor', consoleWithoutSecondFactor],
  ['dashboard-without-phishing-resistance', dashboardWithoutPhishingResistance],
] as readonly (readonly [string, Check])[])('%s has not passed where nobody shows the application', async (_, check) => {
  const one = await look(
    check,
    await written((org) => org.application('other', { name: 'crm', policy: 'q' }).policy('q').policyRule('q', 'q1', access())),
  );
  expect(one).toMatchObject({ status: 'unknown', reasons: [{ code: 'not_said', about: 'application.name:applications' }] });
});
