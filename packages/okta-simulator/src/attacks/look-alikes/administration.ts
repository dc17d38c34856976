import { asksAgainAfter } from '../attacks/insiders.js';
import { lookAlike } from '../scenario.js';
import { atTheConsole } from './people.js';

const YEAR_MS = 365 * 86_400_000;

/** What administrators do from their desk. */
export const everydayAdministration = [
  lookAlike('applications-renamed', {
    title: 'Applications get the names that people know',
    story:
      'Once a quarter an administrator tidies the dashboard up: five applications get another label, at the office, over ten minutes.',
    act: (stage) => {
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      for (const app of stage.applications(5)) {
        const from = stage.org.appParty(app).displayName;
        const label = `${from} (Larkmill)`;
        session.does((org) => org.updateApp(app.id, { label }), { uri: `/admin/app/instance/${app.id}/settings/general` });
        stage.minutes(2);
      }
    },
  }),

  lookAlike('api-token-rotated', {
    title: 'An API token is replaced by a new one',
    story:
      'An administrator makes a token that is bound to the offices as the old one was, and revokes the old one of theirs a quarter of an hour later. Same person, own desk.',
    act: (stage) => {
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const zones = stage.officeZones();
      const old = stage.before(85, () => stage.org.addApiToken(session.user.id, 'Inventory', zones));
      session.does((org) => org.addApiToken(session.user.id, 'Inventory 2', zones), { uri: '/api/internal/tokens' });
      stage.minutes(15);
      session.does((org) => org.revokeApiToken(old.id), { uri: `/api/v1/api-tokens/${old.id}` });
    },
  }),

  lookAlike('certificate-rolled-over', {
    title: 'The certificate of an application is about to end',
    story:
      'Two weeks before it ends an administrator makes another certificate for one application and sends it to its owner. Nothing is signed with it yet, and no key is copied anywhere.',
    act: (stage) => {
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const app = stage.federatedApplication();
      const expiresAt = new Date(stage.now.getTime() + 3 * YEAR_MS).toISOString();
      session.does((org) => org.generateSigningKey(app.id, expiresAt), {
        uri: `/api/v1/apps/${app.id}/credentials/keys/generate`,
      });
    },
  }),

  lookAlike('policy-described', {
    title: 'A policy gets a description that people understand',
    story: 'An administrator writes what a policy is for into its description. No rule of it changes.',
    act: (stage) => {
      const session = atTheConsole(stage, 'ORG_ADMIN');
      const { policyId } = stage.strictRule;
      session.does((org) => org.updatePolicy(policyId, { description: 'For everything with money in it. Owner: Security.' }), {
        uri: `/api/v1/policies/${policyId}`,
      });
    },
  }),

  lookAlike('protections-tightened', {
    title: 'A policy asks again each time, and an office gets a second line',
    story:
      'After a review an administrator lets a policy ask for the factor at each sign-in, and adds the second line of an office to the network zone. Own desk, own laptop.',
    act: (stage) => {
      const [offices] = stage.officeZones();
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const { policyId, ruleId } = stage.strictRule;
      session.does((org) => org.updatePolicyRule(policyId, ruleId, asksAgainAfter(stage, 'PT0S')), {
        uri: `/api/v1/policies/${policyId}/rules/${ruleId}`,
      });
      stage.minutes(5);
      const gateways = [{ type: 'CIDR', value: '203.0.113.0/28' }];
      session.does((org) => org.updateZone(offices ?? '', { gateways }), {
        uri: `/api/v1/zones/${offices ?? ''}`,
        debugData: { zoneData: JSON.stringify({ type: 'IP', gateways, proxies: [] }) },
      });
    },
  }),

  lookAlike('own-report', {
    title: 'A read-only administrator fetches the monthly report',
    story: 'The list of unused accounts is fetched as a file once a month from the office, and this is the day.',
    act: (stage) => {
      const session = atTheConsole(stage, 'READ_ONLY_ADMIN');
      session.exportsReport('Unused Accounts', '/reports/unused-accounts/csv');
    },
  }),
];
