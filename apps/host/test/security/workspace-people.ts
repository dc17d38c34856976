import type { InvitedUser, NewApiKeyView, WorkspaceView } from '@castellan/api';
import { Api, type TestHost } from '../host-harness.js';

export const PASSWORD = 'a phrase that nobody guesses';

export interface Person {
  readonly id: string;
  readonly email: string;
  /** Signed in. */
  readonly api: Api;
}

/** Somebody who was invited and has taken it up. @param path where: the own workspace or, for operators, another one */
export async function person(operator: Api, email: string, role: string, path = '/users'): Promise<Person> {
  const invited = await operator.post<InvitedUser>(path, { email, name: email, role });
  if (invited.status !== 201) throw new Error(`not invited: ${JSON.stringify(invited)}`);
  const { id, invitation } = invited.body;
  const nobody = operator.anonymous();
  const accepted = await nobody.send('POST', '/invitations/accept', { token: invitation.token, password: PASSWORD });
  return { id, email, api: nobody.withCookieOf(accepted) };
}

/** A workspace beside that of the operators, with its administrator. */
export async function otherWorkspace({ api }: TestHost, name: string): Promise<Person & { readonly workspaceId: string }> {
  const made = await api.post<WorkspaceView>('/workspaces', { name });
  const administrator = await person(api, `ada@${name}.test`, 'administrator', `/workspaces/${made.body.id}/users`);
  return { ...administrator, workspaceId: made.body.id };
}

export async function apiKey(api: Api, scopes: readonly string[]): Promise<Api> {
  const made = await api.post<NewApiKeyView>('/api-keys', { name: scopes.join(', '), scopes });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made)}`);
  return api.anonymous().withKey(made.body.key);
}
