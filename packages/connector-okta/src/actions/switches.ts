import type { AnyAction, PlanArgs } from '@castellan/connector-sdk';
import type { ConfigClass } from '@castellan/form-schema';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { ApplicationInput, ClientSecretInput, IdentityProviderInput } from './inputs.js';
import { type Looked, noSuch, oktaAction, type OktaAction, part, type Part, post, requireId, touched } from './okta-action.js';
import { refuseOwnApplication } from './own-connection.js';
import { applicationBy, identityProviderBy, ownedBy } from './subjects.js';
import { keepSuperBesideProvider } from './super-administrators.js';

/** Something that is on or off. */
interface Switch {
  /** Without `/lifecycle/...`. */
  readonly path: string;
  readonly key: string;
  readonly name: string;
  readonly status: string | null;
  /** What it belongs to. */
  readonly of?: Looked['touches'];
  readonly stale: readonly Part[];
  /** What else comes of it, of this one. */
  readonly consequences?: readonly string[];
}

interface SwitchWords<Input extends object> {
  readonly off: Pick<OktaAction<Input>, 'name' | 'title' | 'summary' | 'purpose'>;
  readonly on: Pick<OktaAction<Input>, 'name' | 'title' | 'summary' | 'effect'>;
  readonly subject: OktaAction<Input>['subject'];
  readonly requires: OktaAction<Input>['requires'];
  readonly input: ConfigClass<Input>;
  readonly consequences: readonly [off: readonly string[], on: readonly string[]];
  /** @param isWanted whether it is to be on: what must not be switched off is refused here */
  find(args: PlanArgs<OktaClient, Input>, isWanted: boolean): Promise<Switch>;
  inputOf(found: Switch): Readonly<Record<string, string>>;
}

/** The two actions that switch it off, and on again. */
function switchActions<Input extends object>(words: SwitchWords<Input>): readonly AnyAction<OktaClient>[] {
  const { off, on, subject, requires, input, consequences } = words;
  const look =
    (isWanted: boolean) =>
    async (args: PlanArgs<OktaClient, Input>): Promise<Looked> => {
      const found = await words.find(args, isWanted);
      const isDone = found.status === (isWanted ? 'ACTIVE' : 'INACTIVE');
      return {
        state: isDone ? 'done' : 'open',
        seen: found.status,
        calls: isDone ? [] : [post(`${found.path}/lifecycle/${isWanted ? 'activate' : 'deactivate'}`)],
        touches: [touched(subject, found.key, found.name), ...(found.of ?? [])],
        consequences: [...consequences[isWanted ? 1 : 0], ...(found.consequences ?? [])],
        outcome: `${found.name} is ${isWanted ? 'on' : 'off'}.`,
        stale: found.stale,
        undo: { action: (isWanted ? off : on).name, input: words.inputOf(found) },
      };
    };
  const both = { subject, requires, input };
  return [
    // It ends the access of all who use it.
    oktaAction({ ...both, ...off, effect: 'destructive', undo: on.name, look: look(false) }),
    oktaAction({ ...both, ...on, purpose: 'restore', undo: off.name, look: look(true) }),
  ];
}

const applications = switchActions({
  off: {
    name: 'deactivate-application',
    title: 'Deactivate application',
    summary: 'Nobody can open it by Okta, and it gets no tokens; who is assigned stays so.',
    purpose: 'contain',
  },
  on: {
    name: 'activate-application',
    title: 'Activate application',
    summary: 'Whoever is assigned can open it again.',
    effect: 'write',
  },
  subject: 'application',
  requires: ['okta.apps.manage'],
  input: ApplicationInput,
  consequences: [
    ['Everybody who is assigned to it is locked out of it.', 'What is open in it stays open until it asks Okta again.'],
    ['Everybody who is assigned to it can open it again, and its tokens are issued again.'],
  ],
  async find({ client, input }, isWanted) {
    const app = await applicationBy(client, input.application);
    if (!isWanted) refuseOwnApplication(client, app);
    const { id: key, name, status } = app;
    return { path: `/api/v1/apps/${app.segment}`, key, name, status, stale: [part('applications', 'key', key)] };
  },
  inputOf: ({ key }) => ({ application: key }),
});

const identityProviders = switchActions({
  off: {
    name: 'deactivate-identity-provider',
    title: 'Deactivate identity provider',
    summary: 'Nobody can sign in by it; links to accounts stay.',
    purpose: 'contain',
  },
  on: {
    name: 'activate-identity-provider',
    title: 'Activate identity provider',
    summary: 'People can sign in by it again: whoever runs it can sign in as any of them.',
    effect: 'destructive',
  },
  subject: 'identity_provider',
  requires: ['okta.idps.manage'],
  input: IdentityProviderInput,
  consequences: [
    [
      'Whoever signs in by it only is locked out.',
      'Sessions that began with it go on: end those of the accounts that used it.',
    ],
    ['Whoever runs it can sign in as any account that it is trusted for.'],
  ],
  async find({ client, input }, isWanted) {
    const idp = await identityProviderBy(client, input.identityProvider);
    const { id: key, segment, name, status } = idp;
    const isToGo = !isWanted && status !== 'INACTIVE';
    return {
      path: `/api/v1/idps/${segment}`,
      key,
      name,
      status,
      stale: [part('identity-providers', 'key', key)],
      consequences: isToGo ? await keepSuperBesideProvider(client, idp, 'identityProvider') : [],
    };
  },
  inputOf: ({ key }) => ({ identityProvider: key }),
});

const READS_SECRET =
  'To look whether it is on Castellan has read the secret, which Okta shows in the same answer and notes in its log; nothing of it is kept.';

const clientSecrets = switchActions({
  off: {
    name: 'deactivate-client-secret',
    title: 'Deactivate client secret',
    summary: 'The application cannot prove itself by it any more.',
    purpose: 'contain',
  },
  on: {
    name: 'activate-client-secret',
    title: 'Activate client secret',
    summary: 'The application can prove itself by it again.',
    effect: 'write',
  },
  subject: 'client_secret',
  requires: ['okta.apps.manage'],
  input: ClientSecretInput,
  consequences: [
    [
      'A program that still uses it stops: give it the new one first.',
      'Tokens that it holds are good until they expire.',
      READS_SECRET,
    ],
    ['Whoever has the secret can use it again.', READS_SECRET],
  ],
  async find({ client, input }, isWanted) {
    const { owner, own: secret } = ownedBy(input.clientSecret, 'clientSecret', ['an application', 'its secret']);
    const app = await applicationBy(client, owner, 'clientSecret');
    if (!isWanted && client.config.auth.method === 'client_secret') refuseOwnApplication(client, app, 'clientSecret');
    const path = `/api/v1/apps/${app.segment}/credentials/secrets/${requireId(secret, 'clientSecret')}`;
    // The answer has the secret in the clear: nothing but its status is looked at, and nothing is kept.
    const found = await client.find({ url: path });
    if (found === undefined) throw noSuch('client secret', 'clientSecret');
    return {
      path,
      key: input.clientSecret,
      name: `A client secret of ${app.name}`,
      of: [touched('application', app.id, app.name)],
      status: textAt(found.body, 'status') ?? null,
      stale: [part('client-secrets', 'application', app.id)],
    };
  },
  inputOf: ({ key }) => ({ clientSecret: key }),
});

export const switchedActions: readonly AnyAction<OktaClient>[] = [...applications, ...identityProviders, ...clientSecrets];
