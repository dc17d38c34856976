import type { AccountStatus, JsonObject, SourceRecord } from '@castellan/connector-sdk';
import type { Service } from '../discovery/service.js';
import { isUsableId } from './ids.js';
import type { Oddities } from './oddities.js';
import { rawOf } from './redact.js';
import { Resource } from './resource.js';
import { heldRoles } from './role.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** A user's groups are memberships, and change without the user. */
const IN_OTHER_ROWS: ReadonlySet<string> = new Set(['groups']);

/** A user; `null` when it has no usable id. Hint: `{ roles }`, see `heldRoles`; none where it holds none. */
export function mapAccount(
  value: unknown,
  { secretAttributes }: Pick<Service, 'secretAttributes'>,
  oddities: Oddities,
): SourceRecord<'account'> | null {
  const user = Resource.of(value, 'User', oddities);
  const key = user?.text('id') ?? null;
  if (user === null || key === null || !isUsableId(key)) return null;
  const meta = user.child('meta');
  const roles = heldRoles(user);
  return {
    kind: 'account',
    key,
    data: {
      login: user.text('userName'),
      email: emailOf(user),
      displayName: displayNameOf(user),
      ...statusOf(user),
      // `userType` is free text ("Contractor", "Temp"): it does not tell people from programs.
      isHuman: null,
      createdAt: meta.instant('created'),
      activatedAt: null,
      lastLoginAt: null,
      passwordChangedAt: null,
      statusChangedAt: null,
      updatedAt: meta.instant('lastModified'),
      manager: user.extended(ENTERPRISE, 'manager', (from, name) => from.reference(name)),
      department: user.extended(ENTERPRISE, 'department', (from, name) => from.text(name)),
      credentialProvider: null,
    },
    ...(roles.length > 0 && { hint: { roles } satisfies JsonObject }),
    raw: rawOf(value, { secret: secretAttributes, without: IN_OTHER_ROWS }),
  };
}

/**
 * `active` is all that SCIM has. Where it is false the service says what that means; "suspended" is what RFC 7643 gives as the
 * usual meaning, and the account is still there.
 */
function statusOf(user: Resource): { readonly status: AccountStatus; readonly providerStatus: string | null } {
  const active = user.flag('active');
  if (active === null) return { status: 'unknown', providerStatus: null };
  return { status: active ? 'active' : 'suspended', providerStatus: user.word('active') };
}

/** The one that is marked as the first, else the one for work, else the one that comes first. */
function emailOf(user: Resource): string | null {
  const emails = user.values('emails').filter((email) => email.text('value') !== null);
  const first =
    emails.find((email) => email.flag('primary') === true) ??
    emails.find((email) => email.text('type')?.toLowerCase() === 'work') ??
    emails[0];
  return first?.text('value') ?? null;
}

function displayNameOf(user: Resource): string | null {
  const name = user.child('name');
  const parts = [name.text('givenName'), name.text('middleName'), name.text('familyName')].filter((part) => part !== null);
  return user.text('displayName') ?? name.text('formatted') ?? (parts.length === 0 ? user.text('nickName') : parts.join(' '));
}
