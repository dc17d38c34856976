import type { OktaObject } from '../../json/json.js';
import { STRANGER } from '../looks.js';
import { agentOfScript, hostingPlace, LINUX_FIREFOX, windowsChrome } from '../places.js';
import { attack } from '../scenario.js';
import type { Session } from '../session.js';
import type { Stage } from '../stage.js';

/** A super administrator's account in the hands of somebody else, signed in with what the account has. */
function foreignConsole(stage: Stage): Session {
  const admin = stage.administrator('SUPER_ADMIN', 'push');
  const session = stage.session(admin, { place: hostingPlace(stage.random), agent: LINUX_FIREFOX }, `foreign ${admin.id}`);
  session.signsIn('push', STRANGER);
  session.entersConsole(STRANGER);
  stage.minutes(4);
  return session;
}

/** Trust between Okta and others, turned to somebody's use: applications, agents, keys, clients, tokens. */
export const applications = [
  attack('rogue-password-push', {
    title: 'A new application is sent the passwords of everybody',
    story:
      'Somebody in the session of an administrator creates an application that is provisioned to an address of their own, switches on that passwords are pushed, and assigns ten people. Okta writes their accounts there, and the passwords of those who sign in after that.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const app = session.does(
        (org) => org.addApp({ label: 'Directory mirror', name: 'larkmill_directorymirror_1', signOnMode: 'AUTO_LOGIN' }),
        {
          uri: '/admin/app/larkmill_directorymirror_1/instance/_new_',
        },
      );
      stage.minutes(3);
      const uri = `/admin/app/larkmill_directorymirror_1/instance/${app.id}/settings/user-mgmt`;
      session.does((org) => org.switchProvisioningOn(app.id, 'http://mirror.collector.example/accounts/v2'), { uri });
      stage.minutes(1);
      session.does((org) => org.setPasswordPush(app.id, { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' }), { uri });
      const victims = stage.people(10, 'push');
      const pushed = (victim: OktaObject, eventType: string, displayMessage: string): void => {
        const [user, appParty] = [stage.org.userParty(victim), stage.org.appParty(app)];
        const targets = [{ ...user, type: 'AppUser', id: stage.id('0ua') }, appParty, user];
        stage.okta(eventType, displayMessage, { targets });
      };
      for (const victim of victims) {
        stage.pass(12);
        session.does((org) => org.assignUser(app.id, victim.id), { uri: `/api/v1/apps/${app.id}/users` });
        pushed(victim, 'application.provision.user.push', 'Push new user to external application');
      }
      for (const victim of victims.slice(0, 3)) {
        stage.minutes(4);
        stage.session(victim).signsIn('push');
        pushed(victim, 'application.provision.user.push_okta_password', "Push user's Okta password to external application");
      }
    },
  }),

  attack('agent-with-delegated-authentication', {
    title: 'A directory agent of somebody else decides over passwords',
    story:
      'A super administrator account registers another agent for the directory from abroad and hands the decision over passwords to it. From then on the agent is shown what people type, and says yes to whom it likes.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const app = stage.directoryApplication();
      const agent = { id: stage.id('a53'), type: 'AgentAD', alternateId: 'WIN-7F3K2', displayName: 'WIN-7F3K2' };
      session.does((org) => org.addApiToken(session.user.id, 'AD agent WIN-7F3K2'), { uri: '/api/internal/tokens' });
      session.writes('system.agent.ad.create', 'Create AD agent', {
        uri: '/api/1/internal/app/activedirectory/agent',
        targets: [agent, stage.org.appParty(app)],
      });
      stage.minutes(2);
      stage.okta('system.agent.ad.start', 'Start AD agent', { targets: [agent, stage.org.appParty(app)] });
      stage.minutes(3);
      session.writes('application.configuration.enable_delauth_outbound', 'Enable delegated authentication for app', {
        uri: `/admin/app/active_directory/instance/${app.id}/settings/delauth`,
        targets: [stage.org.appParty(app)],
      });
      const victim = stage.person();
      stage.minutes(10);
      const other = stage.session(victim, session.client, `foreign ${victim.id}`);
      other.signsIn(null, STRANGER);
    },
  }),

  attack('signing-key-cloned', {
    title: 'The key that signs for one application is given to another',
    story:
      'A super administrator account copies the signing key of the most valuable application into one that it controls. Whoever holds that application can sign in as anybody there. A second identity provider follows.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const valuable = stage.federatedApplication();
      const own = session.does((org) => org.addApp({ label: 'Sandbox', name: 'larkmill_sandbox_1', signOnMode: 'SAML_2_0' }), {
        uri: '/admin/apps/saml-wizard/create',
      });
      stage.minutes(4);
      session.does((org) => org.cloneSigningKey(valuable.id, own.id), {
        uri: `/api/v1/apps/${valuable.id}/credentials/keys/clone`,
      });
      stage.minutes(6);
      session.does((org) => org.addIdp({ name: 'Sandbox sign-in', type: 'SAML2', protocol: { type: 'SAML2' } }), {
        uri: '/api/v1/idps',
        debugData: { protocol: 'SAML', type: 'THIRD_PARTY', idpName: 'Sandbox sign-in' },
      });
    },
  }),

  attack('client-made-super-administrator', {
    title: 'A program becomes super administrator',
    story:
      'From a foreign session a service application is created, allowed to manage people and roles, and made super administrator. It has no second factor, and nobody looks for it among the administrators. Minutes later it gets its first token.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const app = session.does(
        (org) =>
          org.addApp({
            label: 'Report sync',
            name: 'oidc_client',
            signOnMode: 'OPENID_CONNECT',
            settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
          }),
        { uri: '/api/v1/apps' },
      );
      const party = { ...stage.org.appParty(app), type: 'PublicClientApp' };
      session.writes('app.oauth2.client.lifecycle.create', 'Create OAuth client', {
        uri: '/oauth2/v1/clients',
        targets: [party],
        debugData: { clientId: app.id, clientName: 'Report sync' },
      });
      for (const scope of ['okta.users.manage', 'okta.roles.manage']) {
        stage.pass(20);
        session.does((org) => org.grantScope(app.id, scope), { uri: `/api/v1/apps/${app.id}/grants` });
      }
      stage.minutes(1);
      session.does(
        (org) => org.grantRole({ kind: 'client', id: app.id }, { type: 'SUPER_ADMIN', label: 'Super Administrator' }),
        {
          uri: `/oauth2/v1/clients/${app.id}/roles`,
        },
      );
      stage.minutes(7);
      const program = session.program({ place: hostingPlace(stage.random), agent: agentOfScript('aiohttp/3.10') });
      program.does(
        (org) =>
          org.emit({
            eventType: 'app.oauth2.token.grant.access_token',
            displayMessage: 'OIDC access token is granted',
            targets: [party],
          }),
        { actor: party, uri: '/oauth2/v1/token' },
      );
    },
  }),

  attack('token-for-anywhere', {
    title: 'An API token for anywhere is made, and others are tried from outside',
    story:
      'A foreign session creates an API token that may be used from any network, and a program creates an account with it and puts it into a group. An older token, which is bound to the offices, is tried from the same machine and turned away three times.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const token = session.does((org) => org.addApiToken(session.user.id, 'monitoring'), { uri: '/api/internal/tokens' });
      stage.minutes(6);
      const script = session.program({ place: hostingPlace(stage.random), agent: agentOfScript('curl/8.9.1') });
      const made = script.does(
        (org) =>
          org.addUser({
            firstName: 'Health',
            lastName: 'Check',
            login: `health.check${stage.random.below(1e5)}@larkmill.example`,
          }),
        {
          apiTokenId: token.id,
        },
      );
      stage.minutes(1);
      const group = stage.group();
      script.does((org) => org.addMember(group.id, made.id), {
        apiTokenId: token.id,
        uri: `/api/v1/groups/${group.id}/users/${made.id}`,
      });
      for (let attempt = 0; attempt < 3; attempt += 1) {
        stage.minutes(2);
        script.writes('system.api_token.request_outside_allowed_range', 'API token used outside of its allowed network', {
          result: 'DENY',
          severity: 'WARN',
          targets: [{ id: stage.id('00T'), type: 'Token', alternateId: 'Script 3', displayName: 'Script 3' }],
        });
      }
    },
  }),

  attack('policy-branch-promoted', {
    title: 'A policy is weakened in a branch that takes its place',
    story:
      'Nobody edits the rule that asks for two factors. It is changed in a branch of the policy, and the branch is promoted: the rule asks for a password only, and no event of a changed rule is written.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const { policyId, ruleId, weakened } = stage.strictRule;
      session.does((org) => org.promotePolicyBranch(policyId, ruleId, weakened), {
        uri: `/api/v1/policies/${policyId}/branches`,
      });
      stage.minutes(20);
      const other = stage.session(
        stage.person(),
        { place: hostingPlace(stage.random), agent: windowsChrome() },
        'password only',
      );
      other.signsIn(null, STRANGER);
    },
  }),

  attack('log-tampering', {
    title: 'The watchers are switched off one after the other',
    story:
      'A foreign session stops the stream that copies the log to the security team, deletes a behaviour that notices new places, switches an event hook and an inline hook off and tells ThreatInsight to look away. Then it works on: somebody is made administrator.',
    act: (stage) => {
      const session = foreignConsole(stage);
      const stream = firstIdOf(stage, 'log-streams');
      const behavior = firstIdOf(stage, 'behaviors');
      if (stream !== undefined)
        session.does((org) => org.updateSetting('log-streams', stream, { status: 'INACTIVE' }), {
          uri: `/api/v1/logStreams/${stream}/lifecycle/deactivate`,
        });
      for (const kind of ['event_hook', 'inline_hook'] as const) {
        stage.pass(30);
        const name = kind === 'event_hook' ? 'Alerts' : 'Token check';
        session.writes(`${kind}.deactivated`, 'Hook deactivated', {
          uri: `/api/v1/${kind === 'event_hook' ? 'eventHooks' : 'inlineHooks'}/lifecycle/deactivate`,
          targets: [
            { id: stage.id(kind === 'event_hook' ? 'who' : 'cal'), type: 'Hook', alternateId: name, displayName: name },
          ],
        });
      }
      stage.pass(40);
      if (behavior !== undefined)
        session.does((org) => org.deleteSetting('behaviors', behavior), { uri: `/api/v1/behaviors/${behavior}` });
      stage.pass(40);
      session.does((org) => org.updateThreatInsight({ action: 'none' }), { uri: '/api/v1/threats/configuration' });
      stage.minutes(5);
      const accomplice = stage.person();
      session.does(
        (org) => org.grantRole({ kind: 'user', id: accomplice.id }, { type: 'ORG_ADMIN', label: 'Organization Administrator' }),
        {
          uri: `/api/v1/users/${accomplice.id}/roles`,
        },
      );
    },
  }),
];

function firstIdOf(stage: Stage, list: 'log-streams' | 'behaviors'): string | undefined {
  const known = stage.org.list(list);
  return [...known.keys()].find((id) => known.get(id)?.['status'] === 'ACTIVE');
}
