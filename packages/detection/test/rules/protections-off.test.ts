import { HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_PROXY, changed } from './suspicious.js';

const bob = user('bob');
const change = (type: string, to: Line, more: Line = {}, from: Line = {}): Line =>
  line(type, { target: [changed('Setting', 'Setting', from, to)], ...more });
const factorOff = (name: string, more: Line = {}, after = 0): Line =>
  line('security.authenticator.lifecycle.deactivate', { target: [target('Authenticator', name)], ...more }, after);
const stream = (what: string, more: Line = {}): Line => line(`system.log_stream.lifecycle.${what}`, more);
const protectedAction = (enabled: boolean, more: Line = {}): Line =>
  change('security.protected_action.settings.update', { enabled }, more);
const attack = (to: Line, more: Line = {}): Line => change('security.attack_protection.settings.update', to, more);
const session = (status: string, more: Line = {}): Line =>
  change('security.session_protection.status.update', { status }, more);
const bots = (from: string, to: string, more: Line = {}): Line =>
  change('security.bot_protection.status.update', { mode: to }, more, { mode: from });
const profile = (more: Line = {}): Line => line('user.behavior.profile.reset', { target: [bob], ...more });

testStories(
  'okta/protections-off.yml',
  orRefused({
    okta_authenticator_switched_off: {
      hits: {
        'Okta Verify': { events: [factorOff('Okta Verify')], level: 'high' },
        'Okta Verify, by a proxy': { events: [factorOff('Okta Verify', BY_PROXY)], level: 'critical' },
        'the phone, which is weak': { events: [factorOff('Phone')], level: 'low' },
        'a factor of Classic Engine': {
          events: [
            line('system.mfa.factor.deactivate', {
              target: [target('Factor', 'Factor', { detailEntry: { factorType: 'FIDO_WEBAUTHN' } })],
            }),
          ],
          level: 'high',
        },
      },
      misses: { 'one is activated': { events: [line('security.authenticator.lifecycle.activate')] } },
    },
    okta_log_stream_stopped: {
      hits: {
        'it is deactivated': { events: [stream('deactivate')], level: 'high' },
        'it is deleted by a proxy': { events: [stream('delete', BY_PROXY)], level: 'critical' },
        'by Okta, which cannot deliver': {
          events: [stream('deactivate', { actor: { type: 'SystemPrincipal' } })],
          level: 'medium',
        },
      },
      misses: { 'it is activated': { events: [stream('activate')] } },
    },
    okta_protected_actions_weakened: {
      hits: {
        'one is protected no more': { events: [protectedAction(false)], level: 'high' },
        'by a proxy': { events: [protectedAction(false, BY_PROXY)], level: 'critical' },
      },
      misses: { 'one is protected from now on': { events: [protectedAction(true)] } },
    },
    okta_threat_insight_changed: {
      hits: {
        'in the office': { events: [line('security.threat.configuration.update')], level: 'medium' },
        'by a proxy': { events: [line('security.threat.configuration.update', BY_PROXY)], level: 'high' },
      },
      misses: {
        'it was refused': { events: [line('security.threat.configuration.update', { outcome: { result: 'FAILURE' } })] },
      },
    },
    okta_behavior_detection_changed: {
      hits: {
        'one is changed': { events: [line('security.behavior.settings.update')], level: 'low' },
        'one is deleted': { events: [line('security.behavior.settings.delete')], level: 'medium' },
      },
      misses: { 'one is added': { events: [line('security.behavior.settings.create')] } },
    },
    okta_behavior_profile_reset: {
      hits: {
        'of one user': { events: [profile()], level: 'low' },
        'of an administrator': { events: [profile()], accounts: { [bob.id]: { roles: ['ORG_ADMIN'] } }, level: 'medium' },
        'of an administrator, by a proxy': {
          events: [profile(BY_PROXY)],
          accounts: { [bob.id]: { roles: ['ORG_ADMIN'] } },
          level: 'high',
        },
      },
      misses: { 'it was refused': { events: [profile({ outcome: { result: 'FAILURE' } })] } },
    },
    okta_attack_protection_weakened: {
      hits: {
        'passwords from unknown devices': {
          events: [attack({ blockSuspiciousPasswordAttemptsFromUnknownDevices: false })],
          level: 'medium',
        },
        'whether an account exists, by a proxy': {
          events: [attack({ userEnumerationPreventionEnabledFlows: 'NONE' }, BY_PROXY)],
          level: 'high',
        },
      },
      misses: { 'it is switched on': { events: [attack({ blockSuspiciousPasswordAttemptsFromUnknownDevices: true })] } },
    },
    okta_session_protection_weakened: {
      hits: { 'it only watches': { events: [session('MONITORING')], level: 'medium' } },
      misses: { 'it is enforced': { events: [session('ENFORCED')] } },
    },
    okta_bot_protection_weakened: {
      hits: {
        'it is off': { events: [bots('MONITORING', 'DISABLED')], level: 'medium' },
        'it only watches, by a proxy': { events: [bots('ENFORCED', 'MONITORING', BY_PROXY)], level: 'high' },
      },
      misses: {
        'it watches, as a beginning': { events: [bots('DISABLED', 'MONITORING')] },
        'it is enforced': { events: [bots('MONITORING', 'ENFORCED')] },
        'it is enforced, still': { events: [bots('ENFORCED', 'ENFORCED')] },
      },
    },
    okta_ssf_provider_removed: {
      hits: { 'it is deactivated': { events: [line('security.events.provider.deactivate')], level: 'low' } },
      misses: { 'it is added': { events: [line('security.events.provider.create')] } },
    },
    okta_protections_off_in_series: {
      hits: {
        'two different within the hour': { events: [stream('delete'), factorOff('Okta Verify', {}, HOUR)], level: 'high' },
        'a zone is deleted, and ThreatInsight changed': {
          events: [line('zone.delete'), line('security.threat.configuration.update', {}, MINUTE)],
          level: 'high',
        },
      },
      misses: {
        'two of a kind': { events: [factorOff('Okta Verify'), factorOff('Phone', {}, MINUTE)] },
        'two different, more than an hour apart': { events: [stream('delete'), factorOff('Okta Verify', {}, HOUR + MINUTE)] },
        'two different of two people': { events: [stream('delete'), factorOff('Okta Verify', { actor: bob }, MINUTE)] },
      },
    },
  }),
);
