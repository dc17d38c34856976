import type { FieldGuide } from '@castellan/form-schema';
import { ACTION_SCOPES, POSTURE_SCOPES } from './scopes.js';

// Where things are in Okta's admin console. Sources: Okta, "Find your Okta domain", "Rate Limits report", "Application Rate Limit",
// "Manage Okta API tokens", "System Log".

const PATTERN = 'Enter one name or pattern a line: * stands for any characters, ? for one. Capitals do not matter.';
const GROUPS = 'In Okta, open **Directory > Groups** and see how your groups are named.';
const APPLICATIONS = 'In Okta, open **Applications > Applications**: the name in that list is the label that counts here.';

/** Of every setting but the credentials, by its name. */
export const SETTING_GUIDES = {
  domain: {
    steps: [
      'In the admin console of Okta, open the menu with your name in the upper right corner: the domain stands there.',
      'Or copy the address that your people sign in at. A custom domain is fine.',
      'The address of the admin console itself is understood as well: from acme-admin.okta.com Castellan takes acme.okta.com.',
    ],
  },
  activityDays: {
    steps: [
      'In Okta, open **Reports > System Log**: it holds what can be read, at most the last 90 days.',
      'Keep 7 for a short first sync. Take more to see from the first day on who uses which application.',
      'Whatever you choose, from then on all that is new is read.',
    ],
  },
  rateLimitShare: {
    steps: [
      'Keep 80 unless you know better. Okta grants an app or token half of the limit of the organisation, unless somebody has changed that. This is the share of what it grants.',
      'To see how much is used, open **Reports > Rate Limits** in Okta.',
      'To let an app have more, open it in Okta, its tab **Application Rate Limits**, and choose **Edit**.',
      'To let a token have more, open **Security > API**, its tab **Tokens**, and there the token.',
    ],
  },
  includeGroups: {
    steps: [
      GROUPS,
      PATTERN,
      'Leave it empty to read all groups. What no line matches is not read, and neither are its members.',
    ],
  },
  excludeGroups: {
    steps: [GROUPS, PATTERN, 'A group that a line matches is not read, even when it is one of **Only these groups**.'],
  },
  includeApplications: {
    steps: [
      APPLICATIONS,
      PATTERN,
      'Leave it empty to read all applications. What no line matches is not read, and neither is who may use it.',
    ],
  },
  excludeApplications: {
    steps: [
      APPLICATIONS,
      PATTERN,
      'An application that a line matches is not read, even when it is one of **Only these applications**.',
    ],
  },
  skipAppGroups: {
    steps: [
      'In Okta, open **Directory > Groups**: a group that comes from a directory or another application bears its icon.',
      'Turn this on when you need none of them: their members and the applications that they open are not read then.',
    ],
  },
  skipFactors: {
    steps: [
      'In Okta, **Security > Authenticators** (in the Classic Engine **Security > Multifactor**) shows what people can set up.',
      'Leave this off to see who has which factor, and who has none.',
      'Turn it on when a sync takes too long: factors cost one call for each person who is not deactivated.',
    ],
  },
  skinnyUsers: {
    steps: [
      'There is nothing to do in Okta.',
      'Turn this on when groups with thousands of members make a sync slow.',
      'Okta does not document this list and may take it away. Castellan reads the usual one then.',
    ],
  },
  posture: {
    steps: [
      'For an app of your own, open **Applications > Applications** in Okta, the app, and its tab **Okta API Scopes**.',
      'Choose **Grant** at each scope of the list below. Reload the page and see that all of them stayed granted.',
      'An API service integration has the scopes that its vendor has chosen, and no others can be granted: ask the vendor.',
      'A token has no scopes: what its owner may see is read.',
      'A scope that is missing costs only what it opens. The connection test names each.',
    ],
    copy: [{ label: 'More scopes to grant', text: POSTURE_SCOPES.join('\n') }],
  },
  eachAccount: {
    steps: [
      'There is nothing to do in Okta: the scope **okta.users.read** is enough.',
      'Turn this on to see old refresh tokens, consents to programs, and devices that several people have enrolled.',
      'Okta has no list of them. Two calls for each person who is not deactivated, one or two more for those with tokens: 100,000 people take about 14 hours at the usual limit. They come after everything else, and once a week.',
    ],
  },
  secretAges: {
    steps: [
      'Leave this off unless you want to find old and forgotten client secrets: Okta has no other list with their age.',
      'The app in Okta, or the owner of the token, needs **Super Administrator**, or a custom role with the permission **okta.apps.clientCredentials.read**. Without it no secret is read, and everything else is.',
      'Okta answers with the secrets in the clear, and logs that they were read. Castellan throws them away at once, and stores only ID, state and dates.',
      'Expect an event in the System Log that says so, once a week for each application with a secret, and after a change of one: tell whoever watches for such events.',
    ],
  },
  actions: {
    steps: [
      'Leave this off to only look. Nothing in Okta is changed then, whatever somebody asks for.',
      'Open **Applications > Applications** in Okta, the app, and its tab **Okta API Scopes**. Choose **Grant** at each scope of the list below that you want actions for.',
      'On the tab **Admin roles** the app needs a role that may change what you want changed: **Organization Administrator** for people and groups, **Application Administrator** for applications, **Super Administrator** for administrators, their roles, identity providers and API tokens.',
      'An app gets a token with these scopes for an action only: the one that a sync reads with cannot change anything. An **API token** can do whatever its owner can.',
      'What is missing costs only the actions that need it. The connection test names each scope.',
    ],
    copy: [{ label: 'Scopes for actions', text: ACTION_SCOPES.join('\n') }],
  },
} satisfies Record<string, FieldGuide>;
