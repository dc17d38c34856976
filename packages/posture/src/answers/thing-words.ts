import { RECORD_KINDS, type RecordKind } from '@castellan/connector-sdk';
import { pluralOf } from '@castellan/storage';
import { QUESTIONS } from '../check/questions.js';

/** Where the plural of a kind is no word that people know it by. */
const KINDS: Readonly<Partial<Record<RecordKind, string>>> = {
  membership: 'members of groups',
  app_assignment: 'assignments of applications',
  idp_link: 'links of accounts to identity providers',
  authenticator: 'authenticators of accounts',
  group_owner: 'owners of groups',
  app_credential: 'keys and certificates of applications',
  client_secret: 'secrets of applications',
  app_provisioning: 'applications that accounts are written into',
  group_push: 'groups that are written into applications',
  resource_set_member: 'what custom roles hold over',
  account_device: 'devices of accounts',
  token_grant: 'tokens and consents of programs',
  policy_rule: 'rules of policies',
  sign_in_method: 'ways to sign in',
  api_token: 'API tokens',
  app_grant: 'scopes granted to programs',
  org_setting: 'settings of the organisation',
  activity: 'events of the log',
};

/** By area of the settings. */
const SETTINGS: Readonly<Record<string, string>> = {
  threat_insight: 'the settings for bad addresses',
  support_access: 'the settings for access of support',
  third_party_administrators: 'the settings for administrators of third parties',
  new_programs: 'the settings for new programs',
  administration_console: 'the settings of the administration console',
  end_user_notices: 'the settings for notices to people',
  sign_in_banner: 'the settings of the banner before sign-in',
};

const USES: Readonly<Record<string, string>> = {
  sign_in: 'sign-ins',
  application: 'use of applications',
  authenticator: 'use of authenticators',
  administration: 'use of rights of administration',
  api: 'use of the API',
};

/** What a provider would have to say, as it stands after `does not say`. */
const FIELDS: Readonly<Record<string, string>> = {
  'account.activatedAt': 'when accounts were switched on',
  'account.credentialProvider': 'who checks the password of accounts',
  'account.displayName': 'the names of accounts',
  'account.email': 'the addresses of accounts',
  'account.employeeNumber': 'the employee numbers of accounts',
  'account.isHuman': 'which accounts are of people and which of programs',
  'account.lastLoginAt': 'when accounts last signed in',
  'account.login': 'the logins of accounts',
  'account.manager': 'the managers of accounts',
  'account.passwordChangedAt': 'when passwords were changed',
  'account.recoveryQuestion': 'which accounts have a recovery question',
  'account.statusChangedAt': 'when the state of accounts changed',
  'api_token.account': 'whose API tokens are',
  'api_token.createdAt': 'when API tokens were made',
  'app_credential.expiresAt': 'when keys and certificates expire',
  'app_provisioning.endpoint': 'where accounts are written to',
  'application.assertion': 'how applications have their assertions signed',
  'application.endsSessions': 'which applications end their sessions at sign-out',
  'application.oauthClient': 'which applications are OAuth clients',
  'application.policy': 'which policy applications follow',
  'application.selfService': 'which applications people can add themselves',
  'application.signOnMethod': 'how applications are signed in to',
  'application.updatedAt': 'when applications were changed',
  'authenticator.phishingResistant': 'which authenticators resist phishing',
  'client_secret.createdAt': 'when secrets were made',
  'group_rule.expression': 'what rules of groups ask for',
  'identity_provider.accountLinkAction': 'how identity providers are linked to accounts',
  'identity_provider.issuer': 'who issues the certificates of identity providers',
  'identity_provider.keysExpireAt': 'when keys of identity providers expire',
  'identity_provider.provisioningAction': 'whether identity providers make accounts',
  'identity_provider.trust': 'how far identity providers are trusted',
  'policy.password': 'what policies ask of passwords',
  'policy_rule.enrolment': 'what rules ask of enrolment',
  'policy_rule.mfaRequired': 'which rules want a second factor',
  'policy_rule.requirement': 'what rules ask of a sign-in',
  'policy_rule.session': 'how long sessions last',
  'role.powers': 'what roles let their holders do',
  'role_assignment.governed': 'which roles are given for a time',
  'sign_in_method.fipsOnly': 'whether authenticators must use validated cryptography',
  'token_grant.createdAt': 'when tokens were issued',
};

/** What can be listed, in plural: `API tokens`, `the settings for new programs`, `use of applications`. */
export function thingWords(about: string): string {
  const [head = '', tail = ''] = about.split(/[.: ]/);
  if (about.startsWith('setting:')) return SETTINGS[tail] ?? `the settings of ${words(tail)}`;
  if (about.startsWith('use:')) return USES[tail] ?? `use of the kind ${words(tail)}`;
  const kind = RECORD_KINDS.find((candidate) => candidate === head);
  return kind === undefined ? about : (KINDS[kind] ?? words(pluralOf(kind)));
}

/** What is missing of it, after `does not`; see `Need`. */
export function missingWords(about: string): string {
  const [path = '', named] = about.split(' of ');
  const [, field, inside] = path.split('.');
  const thing = thingWords(path);
  const question = Object.entries(QUESTIONS).find(([name]) => about === `said:${name}`);
  if (question !== undefined) return `say ${question[1].words}`;
  if (path.startsWith('setting:'))
    return field === undefined ? `say anything of ${thing}` : `say "${spelled(field)}" of ${thing}`;
  if (path.includes(':')) return `show any of the ${thing} that the check is about (their names are in its settings)`;
  if (field === undefined) return `say anything of ${thing}`;
  const outer = path.split('.', 2).join('.');
  const said = FIELDS[path] ?? FIELDS[outer] ?? `the ${spelled(field)} of ${thing}`;
  const detail = inside === undefined || FIELDS[path] !== undefined ? '' : ` ("${spelled(inside)}")`;
  return `say ${said}${detail}${named === undefined ? '' : ', not of those that the check is about'}`;
}

/** Whether what is missing is said in words that are written for it. */
export function hasWords(about: string): boolean {
  return FIELDS[about] !== undefined;
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}

/** `passwordChangedAt` is `password changed at`. */
function spelled(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
