import type { JsonObject, RecordKind, RefreshPage } from '@castellan/connector-sdk';
import { mapGroupPush } from '../map/group-push.js';
import { credentialsOf, secretsOf } from '../streams/app-credential-list.js';
import { provisioningOf } from '../streams/app-provisioning-answers.js';
import type { PartPage } from '../streams/fan-out.js';
import { pushesAt } from '../streams/parts.js';
import { applicationOf } from './application-of.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

/** No second proof for an empty list in any of these: an event has named the application, and its last key may be gone. */
export function refreshAppCredentials(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'app_credential'>> {
  return byApplication(args, async (application, hint) =>
    whole(application, await credentialsOf(args.client, application, hint, 'normal')),
  );
}

export function refreshClientSecrets(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'client_secret'>> {
  return byApplication(args, async (application, hint) =>
    whole(application, await secretsOf(args.client, application, hint, 'normal')),
  );
}

export function refreshAppProvisioning(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'app_provisioning'>> {
  return byApplication(args, async (application, hint) => {
    if (hint?.['provisioned'] !== true) return nothing([asScope(application)]);
    return whole(application, await provisioningOf(args.client, application, hint, 'normal'));
  });
}

export function refreshGroupPushes(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'group_push'>> {
  return byApplication(args, async (application, hint) => {
    if (hint?.['pushes'] !== true) return nothing([asScope(application)]);
    return readPaged<'group_push'>({
      client: args.client,
      first: pushesAt(application),
      map: (item) => mapGroupPush(item, application, args.client.drift),
      scope: asScope(application),
      end: () => Promise.resolve({}),
    });
  });
}

const asScope = (application: string) => ({ field: 'application', value: application });

function whole<K extends RecordKind>(application: string, page: PartPage<K>): Step<K> {
  const complete = [asScope(application)];
  return page === 'gone' ? nothing(complete) : { records: page.records, rejected: page.rejected, complete };
}

/** Each application by itself; one that is not synced (any more) has nothing, and costs no call. */
function byApplication<K extends RecordKind>(
  { scopes, synced }: OktaRefreshArgs,
  read: (application: string, hint: JsonObject | undefined) => Promise<Step<K>>,
): AsyncIterable<RefreshPage<K>> {
  const { application: names, others } = byField(scopes, 'application');
  const parts = names.map((name): Part<K> => {
    const asked = asScope(name);
    return {
      scopes: [asked],
      read: async () => {
        const application = await applicationOf(synced, name);
        const entry = await synced.get('application', application);
        if (entry === undefined) return nothing([asked]);
        const step = await read(application, entry.hint);
        return application === name ? step : { ...step, settled: [asked] };
      },
    };
  });
  return readParts([...parts, ...unreadable<K>(others)]);
}
