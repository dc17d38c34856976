import { sessionIdleTooLong } from '../../src/checks/organisation/session-idle-too-long.js';
import { sessionLastsTooLong } from '../../src/checks/organisation/session-lasts-too-long.js';
import { sessionOutlivesBrowser } from '../../src/checks/organisation/session-outlives-browser.js';
import { sessionPolicyWithoutNetwork } from '../../src/checks/organisation/session-policy-without-network.js';
import { unusualSignInNotAlwaysAsked } from '../../src/checks/organisation/unusual-sign-in-not-always-asked.js';
import { scenes } from '../fixtures/scenes.js';
import { session } from '../fixtures/settings.js';

const LAX = session({ idleMinutes: 120 });

scenes(sessionIdleTooLong, ({ names, passes, boundary, set, untold }) => {
  names(
    'long, or for ever',
    (org) =>
      org
        .policy('p', { includedGroups: ['staff'] })
        .policyRule('p', 'r1', { session: session({ idleMinutes: 120 }), priority: 1, includedZones: ['office'] })
        .policyRule('p', 'r2', { session: session({ idleMinutes: 0 }), priority: 2 }),
    { r1: 'medium', r2: 'high' },
  );
  names(
    'behind a rule of the same policy that is for everybody',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: session(), priority: 1 })
        .policyRule('p', 'r2', { session: LAX, priority: 2 })
        .policyRule('p', 'last', { session: LAX, builtIn: true }),
    { r2: 'low', last: 'low' },
  );
  names(
    'behind a policy that is for everybody',
    (org) =>
      org
        .policy('p', { type: 'SESSION', priority: 1 })
        .policyRule('p', 'r1', { session: session(), priority: 1 })
        .policy('q', { type: 'SESSION', priority: 2 })
        .policyRule('q', 'r2', { session: LAX, priority: 1 })
        .policy('default', { type: 'SESSION', builtIn: true, priority: 0 })
        .policyRule('default', 'r3', { session: LAX, builtIn: true, priority: 0 }),
    { r2: 'low', r3: 'low' },
  );
  names(
    'behind rules that are not for everybody: for a group, a network, a behaviour, off, or in a policy for a group',
    (org) =>
      org
        .policy('a')
        .policyRule('a', 'a1', { session: session(), priority: 1, includedGroups: ['g'] })
        .policyRule('a', 'a2', { session: session(), priority: 2, excludedAccounts: ['x'] })
        .policyRule('a', 'a3', { session: session(), priority: 3, includedZones: ['z'] })
        .policyRule('a', 'a4', { session: session(), priority: 4, excludedZones: ['z'] })
        .policyRule('a', 'a5', { session: session({ behaviours: ['new'] }), priority: 5 })
        .policyRule('a', 'a6', { session: session(), priority: 6, status: 'inactive' })
        .policyRule('a', 'a61', { session: session(), priority: 6, excludedGroups: ['g'] })
        .policyRule('a', 'a62', { session: session(), priority: 6, includedAccounts: ['x'] })
        .policyRule('a', 'a63', { session: session(), priority: 6 })
        .gone('policy_rule', 'a63')
        .policyRule('a', 'a64', { priority: 6 })
        .policyRule('a', 'a7', { session: LAX, priority: 7 })
        .policy('b', { type: 'SESSION', priority: 1, includedGroups: ['g'] })
        .policyRule('b', 'b1', { session: session(), priority: 1 })
        .policy('b2', { type: 'SESSION', priority: 1, excludedGroups: ['g'] })
        .policyRule('b2', 'b21', { session: session(), priority: 1 })
        .policy('b3', { type: 'SESSION', priority: 1, includedAccounts: ['x'] })
        .policyRule('b3', 'b31', { session: session(), priority: 1 })
        .policy('b4', { type: 'SESSION', priority: 1, excludedAccounts: ['x'] })
        .policyRule('b4', 'b41', { session: session(), priority: 1 })
        .policy('b5', { type: 'SESSION', priority: 1 })
        .policyRule('b5', 'b51', { session: session(), priority: 1 })
        .gone('policy', 'b5')
        .policy('b6', { type: 'SESSION', priority: 1 })
        .policyRule('b6', 'b61', { session: session(), priority: 1, includedGroups: ['g'] })
        .policy('c', { type: 'OTHER', priority: 1 })
        .policyRule('c', 'c1', { session: session(), priority: 1 })
        .policy('d', { type: 'SESSION', priority: 1, status: 'inactive' })
        .policyRule('d', 'd1', { session: session(), priority: 1 })
        .policy('e', { type: 'SESSION', priority: 2 })
        .policyRule('e', 'e1', { session: LAX, priority: 1 }),
    { a7: 'medium', e1: 'medium' },
  );
  names(
    'of which nobody says which is first',
    (org) => org.policy('p').policyRule('p', 'r1', { session: session() }).policyRule('p', 'r2', { session: LAX }),
    { r2: 'medium' },
  );
  passes('short; of a rule that is off, gone, refuses, or decides something else', (org) =>
    org
      .policy('away')
      .policyRule('away', 'r7', { session: LAX })
      .gone('policy_rule', 'r7')
      .policy('p')
      .policyRule('p', 'r1', { session: session() })
      .policyRule('p', 'r2', { session: LAX, status: 'inactive' })
      .policyRule('p', 'r3', { session: LAX, effect: 'deny' })
      .policyRule('p', 'r5')
      .policy('off', { status: 'inactive' })
      .policyRule('off', 'r6', { session: LAX }),
  );
  untold('nobody says', (org) => org.policy('p').policyRule('p', 'r', { session: session({ idleMinutes: null }) }), [
    'policy_rule.session.idleMinutes',
  ]);
  boundary('15 minutes', (org) => org.policy('p').policyRule('p', 'r', { session: session({ idleMinutes: 15 }) }), {});
  boundary('16 minutes', (org) => org.policy('p').policyRule('p', 'r', { session: session({ idleMinutes: 16 }) }), {
    r: 'medium',
  });
  set('two hours', { minutes: 120 }, (org) => org.policy('p').policyRule('p', 'r', { session: LAX }), {});
});

scenes(sessionLastsTooLong, ({ names, passes, boundary, set, untold }) => {
  names(
    'long, for ever, or never reached',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: session({ lifetimeMinutes: 2_000 }), priority: 1, includedGroups: ['g'] })
        .policyRule('p', 'r2', { session: session({ lifetimeMinutes: 0 }), priority: 2 })
        .policyRule('p', 'r3', { session: session({ lifetimeMinutes: 0 }), priority: 3 }),
    { r1: 'medium', r2: 'high', r3: 'low' },
  );
  passes('of a rule that is off or refuses', (org) =>
    org
      .policy('p')
      .policyRule('p', 'r1', { session: session() })
      .policyRule('p', 'r2', { session: session({ lifetimeMinutes: 0 }), status: 'inactive' })
      .policyRule('p', 'r3', { session: session({ lifetimeMinutes: 0 }), effect: 'deny' })
      .policyRule('p', 'r4', { session: session({ lifetimeMinutes: null }), effect: 'deny' }),
  );
  untold(
    'of one rule nobody says',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: session({ lifetimeMinutes: null }) })
        .policyRule('p', 'r2', { session: session({ lifetimeMinutes: 0 }) }),
    ['policy_rule.session.lifetimeMinutes'],
    { r2: 'high' },
  );
  boundary('18 hours', (org) => org.policy('p').policyRule('p', 'r', { session: session({ lifetimeMinutes: 1_080 }) }), {});
  boundary('a minute more', (org) => org.policy('p').policyRule('p', 'r', { session: session({ lifetimeMinutes: 1_081 }) }), {
    r: 'medium',
  });
  set(
    '8 hours',
    { minutes: 480 },
    (org) => org.policy('p').policyRule('p', 'r', { session: session({ lifetimeMinutes: 481 }) }),
    {
      r: 'medium',
    },
  );
});

scenes(sessionOutlivesBrowser, ({ names, passes, boundary, untold }) => {
  names(
    'kept on the disk, in a rule that is reached or not',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: session({ persistent: true }), priority: 1 })
        .policyRule('p', 'r2', { session: session({ persistent: true }), priority: 2 }),
    { r1: 'medium', r2: 'low' },
  );
  passes('it ends; of a rule that is off', (org) =>
    org
      .policy('p')
      .policyRule('p', 'r1', { session: session() })
      .policyRule('p', 'r2', { session: session({ persistent: true }), status: 'inactive' })
      .policyRule('p', 'r3', { session: session({ persistent: true }), effect: 'deny' }),
  );
  boundary('it ends', (org) => org.policy('p').policyRule('p', 'r', { session: session() }), {});
  untold('nobody says', (org) => org.policy('p').policyRule('p', 'r', { session: session({ persistent: null }) }), [
    'policy_rule.session.persistent',
  ]);
});

scenes(unusualSignInNotAlwaysAsked, ({ names, passes, boundary, untold }) => {
  const unusual = (prompt: 'always' | 'device' | 'session' | null) => session({ prompt, behaviours: ['new-place'] });
  names(
    'once a session or a device, or behind a rule for everybody',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: unusual('session'), mfaRequired: true, priority: 1 })
        .policyRule('p', 'r2', { session: unusual('device'), mfaRequired: true, priority: 2 })
        .policyRule('p', 'r3', { session: session(), priority: 3 })
        .policyRule('p', 'r4', { session: unusual('device'), mfaRequired: true, priority: 4 }),
    { r1: 'medium', r2: 'medium', r4: 'low' },
  );
  passes('each time; no behaviour; no second factor; refused', (org) =>
    org
      .policy('p')
      .policyRule('p', 'r1', { session: unusual('always'), mfaRequired: true })
      .policyRule('p', 'r2', { session: session({ prompt: 'device' }), mfaRequired: true })
      .policyRule('p', 'r3', { session: unusual('device'), mfaRequired: false })
      .policyRule('p', 'r4', { session: unusual('device'), mfaRequired: true, effect: 'deny' }),
  );
  boundary(
    'nobody says when, of a rule that asks for no second factor, or waits for nothing unusual',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r1', { session: unusual(null), mfaRequired: false })
        .policyRule('p', 'r2', { session: session({ prompt: null }), mfaRequired: true }),
    {},
  );
  untold('nobody says when', (org) => org.policy('p').policyRule('p', 'r', { session: unusual(null), mfaRequired: true }), [
    'policy_rule.session.prompt',
  ]);
  untold(
    'nobody says whether',
    (org) => org.policy('p').policyRule('p', 'r', { session: unusual('device'), mfaRequired: null }),
    ['policy_rule.mfaRequired'],
  );
});

scenes(sessionPolicyWithoutNetwork, ({ names, passes, boundary }) => {
  names(
    'one policy, while another names a network, and a third has no rule of the session that is on',
    (org) =>
      org
        .zone('off', { status: 'inactive' })
        .zone('office')
        .policy('p')
        .policyRule('p', 'p1', { session: session() })
        .policyRule('p', 'p2', { session: session(), includedZones: ['office'] })
        .gone('policy_rule', 'p2')
        .policy('q')
        .policyRule('q', 'q1', { session: session(), includedZones: ['office'] })
        .policy('r')
        .policyRule('r', 'r1', { session: session(), status: 'inactive' })
        .policyRule('r', 'r2', { session: session() })
        .gone('policy_rule', 'r2')
        .policy('s')
        .policyRule('s', 's1', { session: session() })
        .gone('policy', 's'),
    { p: 'low' },
  );
  names(
    'no rule names one, or only one that is off, or one in a network that is off or gone',
    (org) =>
      org
        .zone('off', { status: 'inactive' })
        .policy('p')
        .policyRule('p', 'p1', { session: session() })
        .policy('q')
        .policyRule('q', 'q1', { session: session() })
        .policyRule('q', 'q2', { session: session(), status: 'inactive', includedZones: ['office'] })
        .policy('r')
        .policyRule('r', 'r1', { session: session(), includedZones: ['off'] })
        .policyRule('r', 'r2', { includedZones: ['office'] }),
    { p: 'low', q: 'low', r: 'low' },
  );
  passes('one rule names a network; a policy that is off, or decides something else', (org) =>
    org
      .zone('office')
      .policy('p')
      .policyRule('p', 'p1', { session: session(), excludedZones: ['office'] })
      .policyRule('p', 'p2', { session: session() })
      .policy('q', { status: 'inactive' })
      .policyRule('q', 'q1', { session: session() })
      .policy('r')
      .policyRule('r', 'r1')
      .policy('s'),
  );
  boundary(
    'a network that is not known',
    (org) => org.policy('p').policyRule('p', 'r', { session: session(), includedZones: ['everywhere'] }),
    {},
  );
});
