import { type AppAssignment, type Application, edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import { applicationSettings } from './application-settings.js';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

const STATUS: Readonly<Record<string, Application['status']>> = { ACTIVE: 'active', INACTIVE: 'inactive', DELETED: 'deleted' };
const SCOPE: Readonly<Record<string, AppAssignment['scope']>> = { USER: 'direct', GROUP: 'group' };

/** An application; `null` when it has no id. Hint: `{ clientId, service }`; a service app can hold admin roles by itself. */
export function mapApplication(value: unknown, drift: Drift): SourceRecord<'application'> | null {
  const app = ObjectReader.of(value, 'application', drift, FIELDS.application);
  const key = app?.id('id') ?? null;
  if (app === null || key === null) return null;
  return {
    kind: 'application',
    key,
    data: {
      label: app.string('label'),
      name: app.string('name'),
      status: app.oneOf<Application['status']>('status', STATUS, 'unknown'),
      providerStatus: app.string('status'),
      signOnMode: app.string('signOnMode'),
      features: app.strings('features'),
      ...applicationSettings(app),
      createdAt: app.instant('created'),
      updatedAt: app.instant('lastUpdated'),
    },
    hint: {
      clientId: app.child('credentials').child('oauthClient').id('client_id'),
      service: app.child('settings').child('oauthClient').string('application_type') === 'service',
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** An assignment of an account, as `GET /apps/{id}/users` lists it: those through a group are listed too. */
export function mapAppUser(value: unknown, application: string, drift: Drift): SourceRecord<'app_assignment'> | null {
  const user = ObjectReader.of(value, 'app user', drift, FIELDS.appUser);
  const principal = user?.id('id') ?? null;
  if (user === null || principal === null) return null;
  const profile = user.map('profile');
  return {
    kind: 'app_assignment',
    key: edgeKey(application, principal),
    partition: application,
    data: {
      application,
      principalKind: 'account',
      principal,
      scope: user.oneOf<AppAssignment['scope']>('scope', SCOPE, 'unknown'),
      username: user.child('credentials').string('userName'),
      profile: profile === null ? null : redactObject(profile, drift.harmless),
      providerStatus: user.string('status'),
      priority: null,
      createdAt: user.instant('created'),
      updatedAt: user.instant('lastUpdated'),
      statusChangedAt: user.instant('statusChanged'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** An assignment of a group, as `GET /apps/{id}/groups` lists it. */
export function mapAppGroup(value: unknown, application: string, drift: Drift): SourceRecord<'app_assignment'> | null {
  const group = ObjectReader.of(value, 'app group', drift, FIELDS.appGroup);
  const principal = group?.id('id') ?? null;
  if (group === null || principal === null) return null;
  const profile = group.map('profile');
  return {
    kind: 'app_assignment',
    key: edgeKey(application, principal),
    partition: application,
    data: {
      application,
      principalKind: 'group',
      principal,
      scope: 'direct',
      username: null,
      profile: profile === null ? null : redactObject(profile, drift.harmless),
      providerStatus: null,
      priority: group.number('priority'),
      createdAt: null,
      updatedAt: group.instant('lastUpdated'),
      statusChangedAt: null,
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** The same row from the other side: an application as `GET /apps?filter=user.id eq ...&expand=user/...` lists it. */
export function mapAppOfUser(value: unknown, drift: Drift): SourceRecord<'app_assignment'> | null {
  const app = ObjectReader.of(value, 'application', drift, FIELDS.application);
  const key = app?.id('id') ?? null;
  return app === null || key === null ? null : mapAppUser(app.child('_embedded').map('user'), key, drift);
}
