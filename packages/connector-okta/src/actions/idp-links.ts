import { type AnyAction, ConfigError, edgeKey, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { IdpLinkInput, LinkInput } from './inputs.js';
import { whoIsLeftWithout } from './lock-out.js';
import { type Looked, oktaAction, part, post, remove, touched } from './okta-action.js';
import { accountBy, identityProviderBy, rawAt, type Subject } from './subjects.js';

async function linkOf({ client, input }: PlanArgs<OktaClient, IdpLinkInput>) {
  const idp = await identityProviderBy(client, input.identityProvider);
  const account = await accountBy(client, input.account);
  const path = `/api/v1/idps/${idp.segment}/users/${account.segment}`;
  const externalId = textAt(await rawAt(client, path), 'externalId');
  const edge = edgeKey(idp.id, account.id);
  const touches = [
    touched('idp_link', edge, `${account.name} at ${idp.name}`),
    touched('identity_provider', idp.id, idp.name),
    touched('account', account.id, account.name),
  ];
  // A new link is found by its key, of an account each known one is looked at.
  const stale = [part('idp-links', 'key', edge), part('idp-links', 'account', account.id)];
  return { idp, account, path, externalId, touches, stale };
}

/** Whoever has a password here, or in a directory, gets in without the link. Source: Okta, `UserCredentials.provider`. */
const WITHOUT_PASSWORD: ReadonlySet<string | null> = new Set(['FEDERATION', 'SOCIAL']);

/** The policy of the provider may link it again at the next sign-in, or may not: to unlink it counts as a lock-out. */
const hasNoPassword = ({ object }: Subject): boolean =>
  WITHOUT_PASSWORD.has(object.child('credentials').child('provider').string('type'));

async function lookToUnlink(args: PlanArgs<OktaClient, IdpLinkInput>): Promise<Looked> {
  const { idp, account, path, externalId, touches, stale } = await linkOf(args);
  const left = externalId !== undefined && hasNoPassword(account) ? await whoIsLeftWithout(args.client, account.id) : [];
  return {
    state: externalId === undefined ? 'done' : 'open',
    seen: externalId ?? null,
    calls: externalId === undefined ? [] : [remove(path)],
    touches,
    consequences: [
      `${account.name} cannot sign in by ${idp.name} until a new link is made; its policy may make one at the next sign-in.`,
      ...(idp.object.string('type') === 'SAML2'
        ? ['Okta links accounts to a SAML provider when they sign in: to link it again from here may be refused.']
        : []),
      ...left,
    ],
    outcome: `${account.name} is not linked to ${idp.name}.`,
    stale,
    undo:
      externalId === undefined
        ? null
        : { action: 'link-account', input: { identityProvider: idp.id, account: account.id, externalId } },
  };
}

async function lookToLink(args: PlanArgs<OktaClient, LinkInput>): Promise<Looked> {
  const { idp, account, path, externalId, touches, stale } = await linkOf(args);
  const isDone = externalId === args.input.externalId;
  if (!isDone && externalId !== undefined) {
    // What it was linked to would be lost, and could not be given back.
    const message = `${account.name} is linked to ${idp.name} already, as ${externalId}. Unlink it first.`;
    throw new ConfigError({ field: 'externalId', message });
  }
  return {
    state: isDone ? 'done' : 'open',
    seen: externalId ?? null,
    calls: isDone ? [] : [post(path, { externalId: args.input.externalId })],
    touches,
    consequences: [`Whoever is ${args.input.externalId} at ${idp.name} signs in as ${account.name}.`],
    outcome: `${account.name} is linked to ${idp.name}.`,
    stale,
    undo: { action: 'unlink-account', input: { identityProvider: idp.id, account: account.id } },
  };
}

export const linkActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    name: 'unlink-account',
    title: 'Unlink from identity provider',
    summary: 'Whoever signs in there does not become this account any more.',
    subject: 'idp_link',
    effect: 'write',
    purpose: 'contain',
    undo: 'link-account',
    requires: ['okta.idps.manage'],
    input: IdpLinkInput,
    look: lookToUnlink,
  }),
  oktaAction({
    name: 'link-account',
    title: 'Link to identity provider',
    summary: 'Whoever signs in there becomes this account.',
    subject: 'idp_link',
    effect: 'destructive',
    purpose: 'restore',
    undo: 'unlink-account',
    requires: ['okta.users.manage'],
    input: LinkInput,
    look: lookToLink,
  }),
];
