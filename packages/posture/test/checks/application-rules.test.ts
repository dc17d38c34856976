import { applicationPolicyWithoutNetwork } from '../../src/checks/organisation/application-policy-without-network.js';
import { applicationRuleWithoutSecondFactor } from '../../src/checks/organisation/application-rule-without-second-factor.js';
import { enrolmentWithoutPhishingResistance } from '../../src/checks/organisation/enrolment-without-phishing-resistance.js';
import { firstText, scenes } from '../fixtures/scenes.js';
import { access, requirement } from '../fixtures/settings.js';

const ONE = access({ mfaRequired: false });

scenes(applicationRuleWithoutSecondFactor, ({ names, passes, boundary, untold }) => {
  names(
    'anyhow; from a managed device; from a network; for no application; never reached',
    (org) =>
      org
        .application('crm', { policy: 'p' })
        .application('wiki', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', { ...ONE, priority: 1, requirement: requirement({ managedDevice: true }) })
        .policyRule('p', 'p2', { ...ONE, priority: 2, includedZones: ['office'] })
        .policyRule('p', 'p3', { ...ONE, priority: 3, includedZones: ['ALL_ZONES'] })
        .policyRule('p', 'p4', { ...ONE, priority: 4 })
        .policyRule('p', 'p5', { ...ONE, builtIn: true, priority: 1 })
        .application('old', { policy: 'q', status: 'inactive' })
        .application('older', { policy: 'q' })
        .gone('application', 'older')
        .policy('q')
        .policyRule('q', 'q1', ONE),
    { p1: 'medium', p2: 'medium', p3: 'high', p4: 'high', p5: 'low', q1: 'low' },
  );
  names(
    'policies for applications do not stand in a row: each has its own',
    (org) =>
      org
        .application('crm', { policy: 'p' })
        .policy('p', { type: 'ACCESS', priority: 1 })
        .policyRule('p', 'p1', access())
        .application('wiki', { policy: 'q' })
        .policy('q', { type: 'ACCESS', priority: 2 })
        .policyRule('q', 'q1', ONE),
    { q1: 'high' },
  );
  passes('two factors; refused; off; of a policy that is off; for something else than applications', (org) =>
    org
      .application('crm', { policy: 'p' })
      .policy('p')
      .policyRule('p', 'p1', access())
      .policyRule('p', 'p2', { ...ONE, effect: 'deny' })
      .policyRule('p', 'p3', { ...ONE, status: 'inactive' })
      .policyRule('p', 'p4', { effect: 'allow', mfaRequired: false })
      .policyRule('p', 'p5', ONE)
      .gone('policy_rule', 'p5')
      .application('wiki', { policy: 'q' })
      .policy('q', { status: 'inactive' })
      .policyRule('q', 'q1', ONE)
      .application('hr', { policy: 'r' })
      .policy('r')
      .policyRule('r', 'r1', ONE)
      .gone('policy', 'r'),
  );
  boundary(
    'nobody says how many a rule wants that refuses',
    (org) =>
      org
        .application('crm', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', access({ mfaRequired: null, effect: 'deny' }))
        .policyRule('p', 'p2', access()),
    {},
  );
  untold(
    'nobody says how many',
    (org) =>
      org
        .application('crm', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', access({ mfaRequired: null }))
        .policyRule('p', 'p2', access()),
    ['policy_rule.mfaRequired'],
  );
});

scenes(applicationPolicyWithoutNetwork, ({ names, passes, boundary }) => {
  names(
    'no rule names one that is on',
    (org) =>
      org
        .zone('off', { status: 'inactive' })
        .application('crm', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', access({ includedZones: ['off'] }))
        .policyRule('p', 'p2', access({ status: 'inactive', includedZones: ['office'] })),
    { p: 'low' },
  );
  names(
    'one policy, while another names a network, and a third has no rule for applications that is on',
    (org) =>
      org
        .zone('off', { status: 'inactive' })
        .zone('office')
        .application('crm', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', access())
        .policyRule('p', 'p2', access({ includedZones: ['office'] }))
        .gone('policy_rule', 'p2')
        .policyRule('p', 'p3', { includedZones: ['office'] })
        .application('wiki', { policy: 'q' })
        .policy('q')
        .policyRule('q', 'q1', access({ includedZones: ['office'] }))
        .application('hr', { policy: 'r' })
        .policy('r')
        .policyRule('r', 'r1', access({ status: 'inactive' }))
        .policyRule('r', 'r2', access())
        .gone('policy_rule', 'r2')
        .policyRule('r', 'r3')
        .application('old', { policy: 's' })
        .policy('s')
        .policyRule('s', 's1', access())
        .gone('application', 'old')
        .application('erp', { policy: 't' })
        .policy('t')
        .policyRule('t', 't1', access())
        .gone('policy', 't'),
    { p: 'low' },
  );
  passes('one names a network; no application that is on uses it; it is off', (org) =>
    org
      .zone('office')
      .application('crm', { policy: 'p' })
      .policy('p')
      .policyRule('p', 'p1', access())
      .policyRule('p', 'p2', access({ excludedZones: ['office'] }))
      .application('old', { policy: 'q', status: 'inactive' })
      .policy('q')
      .policyRule('q', 'q1', access())
      .application('wiki', { policy: 'r' })
      .policy('r', { status: 'inactive' })
      .policyRule('r', 'r1', access())
      .application('hr', { policy: 's' })
      .policy('s')
      .policyRule('s', 's1'),
  );
  boundary(
    'one rule of many is enough',
    (org) =>
      org
        .zone('office')
        .application('crm', { policy: 'p' })
        .application('wiki', { policy: 'p' })
        .policy('p')
        .policyRule('p', 'p1', access())
        .policyRule('p', 'p2', access())
        .policyRule('p', 'p3', access({ includedZones: ['office'] })),
    {},
  );
});

/** The policy that decides on changes of one's own account, as the check knows it. */
const OWN_ACCOUNT = firstText(enrolmentWithoutPhishingResistance, 'policies');

const WEAK = access({ requirement: requirement({ phishingResistant: false }) });

scenes(enrolmentWithoutPhishingResistance, ({ names, passes, boundary, set, untold }) => {
  names(
    'no rule wants it, however the policy is written',
    (org) =>
      org
        .policy('p', { name: OWN_ACCOUNT.toUpperCase() })
        .policyRule('p', 'p1', WEAK)
        .policyRule('p', 'p2', access({ status: 'inactive' })),
    { p: 'high' },
  );
  names(
    'beside policies that are careful, have no rules that are on, or are gone',
    (org) =>
      org
        .policy('p', { name: OWN_ACCOUNT })
        .policyRule('p', 'p1', WEAK)
        .policyRule('p', 'p2', access())
        .gone('policy_rule', 'p2')
        .policyRule('p', 'p3')
        .policy('q', { name: OWN_ACCOUNT })
        .policyRule('q', 'q1', access())
        .policy('r', { name: OWN_ACCOUNT })
        .policyRule('r', 'r1', access({ ...WEAK, status: 'inactive' }))
        .policyRule('r', 'r2', WEAK)
        .gone('policy_rule', 'r2')
        .policy('s', { name: OWN_ACCOUNT })
        .policyRule('s', 's1', WEAK)
        .gone('policy', 's'),
    { p: 'high' },
  );
  passes('one wants it; another policy; one that is off', (org) =>
    org
      .policy('p', { name: OWN_ACCOUNT })
      .policyRule('p', 'p1', access())
      .policyRule('p', 'p2', WEAK)
      .policy('q', { name: 'Any two factors' })
      .policyRule('q', 'q1', WEAK)
      .policy('r', { name: OWN_ACCOUNT, status: 'inactive' })
      .policyRule('r', 'r1', WEAK),
  );
  boundary(
    'a rule that refuses wants nothing of anybody',
    (org) =>
      org
        .policy('p', { name: OWN_ACCOUNT })
        .policyRule('p', 'p1', WEAK)
        .policyRule('p', 'p2', access({ effect: 'deny', requirement: requirement({ phishingResistant: null }) })),
    { p: 'high' },
  );
  untold(
    'nobody says what its rule wants',
    (org) =>
      org
        .policy('p', { name: OWN_ACCOUNT })
        .policyRule('p', 'p1', access({ requirement: requirement({ phishingResistant: null }) })),
    ['policy_rule.requirement.phishingResistant'],
  );
  set(
    'another name',
    { policies: ['Own account'] },
    (org) => org.policy('p', { name: 'Own account' }).policyRule('p', 'p1', WEAK),
    { p: 'high' },
  );
});
