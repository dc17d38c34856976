import { type AnyAction, ConfigError, type PlanArgs } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { ObjectReader } from '../map/object-reader.js';
import { ApplicationInput } from './inputs.js';
import { type Looked, oktaAction, part, put, touched } from './okta-action.js';
import { applicationBy, rawAt } from './subjects.js';

function look(isWanted: boolean): (args: PlanArgs<OktaClient, ApplicationInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const app = await applicationBy(client, input.application);
    const path = `/api/v1/apps/${app.segment}/features/USER_PROVISIONING`;
    const feature = ObjectReader.of(await rawAt(client, path), 'app feature', client.drift);
    if (feature === null)
      throw new ConfigError({ field: 'application', message: `Okta does not write accounts into ${app.name}.` });
    const status = feature.child('capabilities').child('update').child('password').string('status');
    const isDone = status === (isWanted ? 'ENABLED' : 'DISABLED') || (status === null && !isWanted);
    return {
      state: isDone ? 'done' : 'open',
      seen: status,
      calls: isDone ? [] : [put(path, { update: { password: { status: isWanted ? 'ENABLED' : 'DISABLED' } } })],
      touches: [
        touched('app_provisioning', app.id, `What Okta writes into ${app.name}`),
        touched('application', app.id, app.name),
      ],
      consequences: isWanted
        ? ['Whoever runs the other side sees the passwords that people have in Okta.']
        : [
            'A password that is changed in Okta does not reach the application any more: people who sign in there directly keep the old one.',
            'Passwords that were sent already are known there: let them expire where the other side is not to be trusted.',
          ],
      outcome: `Okta ${isWanted ? 'writes' : 'does not write'} passwords into ${app.name}.`,
      stale: [part('app-provisioning', 'application', app.id)],
      undo: { action: isWanted ? 'stop-password-push' : 'resume-password-push', input: { application: app.id } },
    };
  };
}

const APP = { subject: 'app_provisioning', requires: ['okta.apps.manage'], input: ApplicationInput } as const;

export const passwordPushActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    ...APP,
    name: 'stop-password-push',
    title: 'Stop writing passwords',
    summary: 'Okta does not write the passwords of people into the application any more.',
    effect: 'write',
    purpose: 'contain',
    undo: 'resume-password-push',
    look: look(false),
  }),
  oktaAction({
    ...APP,
    name: 'resume-password-push',
    title: 'Write passwords again',
    summary: 'Okta writes the passwords of people into the application.',
    // Whoever runs the application reads them.
    effect: 'destructive',
    purpose: 'restore',
    undo: 'stop-password-push',
    look: look(true),
  }),
];
