/**
 * When an event that a user caused is administration. `any`: always; `others`: when it was done to another person, since people
 * do the same to themselves (a new password, an app of their own); `none`: never.
 */
export type Administration = 'any' | 'others' | 'none';

/** The types of a family by the words behind its name. Each word stands for all types that go on from it; the longest one decides. */
type Family = { readonly rest: Administration } & { readonly [K in Administration]?: string };

/**
 * The families of Okta's catalogue of event types (2026.08.1). Four kinds are left out throughout, where they stand among others:
 * what is only read, a client secret or an export included (who does so in the Admin Console has `user.session.access_admin_app`);
 * what Okta evaluates, or does as a consequence of something else that has its own event; what approvers and reviewers decide,
 * who are asked and need no role for it; and what Okta's support does.
 */
const FAMILIES: Readonly<Record<string, Family>> = {
  access: { rest: 'none', any: 'request.condition request.sequence request.settings review.create review.update review.close' },
  account: { rest: 'any' },
  analytics: { rest: 'none' },
  app: {
    rest: 'none',
    any: `access_request.delete ad.password_migration_campaign ai_agent_provider app_instance.csr cross_app_access
      interclient_mapping keys oauth2.admin oauth2.as.key oauth2.as.resource_server oauth2.client.lifecycle
      oauth2.client.privilege oauth2.credentials oauth2.key oauth2.trusted_server office365.provisioning_app
      office365.provisioning_app_credential policy`,
    others: 'oauth2.as.consent.revoke.user',
    none: `ad.password_migration_campaign.cancel.end ad.password_migration_campaign.finish.end
      ad.password_migration_campaign.user ai_agent_provider.credential ai_agent_provider.import interclient_mapping.delete_all`,
  },
  application: {
    rest: 'none',
    any: `account.decision account.match configuration lifecycle policy provision.field_mapping_rule
      provision.group_push.activate_mapping provision.group_push.deactivate_mapping provision.group_push.delete_appgroup
      registration_policy`,
    others: 'user_membership',
    // `configuration.update` reports credentials that do not work; people change apps' passwords along with their own.
    none: `configuration.detect_error configuration.import_schema configuration.read_client_secret configuration.update
      configuration.update_api_credentials_for_pass_change policy.sign_on.deny_access user_membership.show_password`,
  },
  certification: { rest: 'any', none: 'campaign.item remediation' },
  core: { rest: 'none' },
  // A YubiKey: an administrator revokes one, a person registers the own.
  credential: { rest: 'others' },
  device: {
    rest: 'none',
    any: `assurance desktop_mfa.configuration desktop_mfa.recovery_pin.generate integration lifecycle platform posture
      push.provider`,
    others: 'user.remove',
    // Written at the enrolment of one's own device, too.
    none: 'lifecycle.activate',
  },
  directory: {
    rest: 'any',
    none: `app_user_profile.bootstrap external realm.assignment.execution_completed realm.assignment.execution_started
      user_profile.bootstrap`,
  },
  entitlement: { rest: 'none', any: 'migration.start' },
  event_hook: { rest: 'any', none: 'delivery' },
  governance: { rest: 'any' },
  group: {
    rest: 'any',
    // A sign-in by another identity provider can put whoever signs in into groups.
    others: 'user_membership.add user_membership.remove',
    none: `application_assignment.skip_assignment_reconcile user_membership.rule.error user_membership.rule.evaluation
      user_membership.rule.invalidate user_membership.rule.trigger`,
  },
  iam: { rest: 'any' },
  inline_hook: { rest: 'any', none: 'executed response' },
  integration: { rest: 'any' },
  master_application: { rest: 'none' },
  mim: { rest: 'none' },
  network_zone: { rest: 'none' },
  oauth2: { rest: 'any' },
  org: { rest: 'none' },
  pam: {
    rest: 'any',
    others: 'client member password user',
    // Opening a server, a secret or a vaulted account is what Privileged Access is used for; the rest comes from its agents.
    none: `active_directory.account_discovery active_directory.account_rule.applied auth_token client.enroll
      credential_verification gateway_creds integration.health_change resource secret security_policy.evaluate server.enroll
      server.ssh_login server_account service_account.password service_account.password_rotation unbound_client user_creds`,
  },
  personal: { rest: 'none', any: 'admin' },
  pki: { rest: 'none', any: 'ca cert.lifecycle', none: 'ca.expiration' },
  plugin: { rest: 'none' },
  policy: {
    rest: 'none',
    any: 'branch lifecycle mapping rule',
    none: 'rule.action rule.invalidate',
  },
  resource: { rest: 'any', others: 'user_entitlements', none: 'user_entitlements.drift.detect' },
  resource_servers: { rest: 'any', none: 'mcp_server.capability.discover' },
  scheduled_action: { rest: 'any', none: 'user_suspension.completed' },
  security: {
    rest: 'none',
    any: `attack_protection authenticator behavior bot_protection device events protected_action.settings session_protection
      threat.configuration trusted_origin voice zone`,
    none: 'events.provider.receive_event',
  },
  self_service: { rest: 'any' },
  support: { rest: 'none' },
  system: {
    rest: 'none',
    any: `agent.ad.create agent.ad.deactivate agent.ad.delete agent.ad.reactivate agent.ad.update agent.connector.deactivate
      agent.connector.delete agent.connector.reactivate agent.register api_token beta brand captcha custom_email_server
      custom_error custom_signin custom_signout custom_url_domain directory.debugger dr email.bounce email.template email_domain
      feature hook identity_sources idp import.clear import.roadblock.resume import.roadblock.reschedule_and_resume
      import.schedule import.session.cancelled import.session.created import.session.triggered import.user_csv.start
      import.user_match iwa.create iwa.promote_primary iwa.remove iwa.update iwa_agentless.update iwa_agentless_kerberos
      log_stream mfa org.captcha rate_limit.configuration self_service theme well_known_uri`,
    none: 'api_token.request_outside_allowed_range directory.debugger.query_executed idp.lifecycle.read_client_secret',
  },
  task: { rest: 'none' },
  user: {
    rest: 'none',
    // Nobody has roles of the own to give away: who grants them administers, to whomever. Support is let in by an administrator.
    any: `account.privilege lifecycle.password_mass_expiry session.access_admin_app session.impersonation.grant
      session.impersonation.extend session.impersonation.revoke`,
    others: `account authentication.universal_logout behavior lifecycle mfa.factor risk.change session.clear`,
    none: `account.access_support_user_app account.lock account.report_suspicious_activity_by_enduser account.unlock_failure
      account.unlock_token account.use_token lifecycle.jit`,
  },
  workflows: {
    rest: 'none',
    any: 'user',
    none: `user.delegatedflow user.flow.export user.folder.export user.table.export user.table.schema.export user.table.view
      user.truststore.view`,
  },
  workload_principal: { rest: 'any' },
  zone: { rest: 'any' },
};

const BY_PREFIX = byPrefix();

/** `undefined` for a family that Okta has added since: nothing is claimed about it. */
export function administrationOf(type: string): Administration | undefined {
  for (let end = type.length; end > 0; end = type.lastIndexOf('.', end - 1)) {
    const found = BY_PREFIX.get(type.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every prefix that the table names, e.g. `pki.ca.expiration`: for the comparison with the catalogue. */
export function namedPrefixes(): readonly string[] {
  return [...BY_PREFIX.keys()];
}

function byPrefix(): ReadonlyMap<string, Administration> {
  const found = new Map<string, Administration>();
  for (const [name, family] of Object.entries(FAMILIES)) {
    found.set(name, family.rest);
    for (const administration of ['any', 'others', 'none'] as const) {
      for (const words of family[administration]?.split(/\s+/) ?? []) found.set(`${name}.${words}`, administration);
    }
  }
  return found;
}
