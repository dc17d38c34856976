import type { Level } from '@castellan/detection';

/** Rules that have to find something in an attack, and how bad it has to be for them at least. */
export type Expected = Readonly<Record<string, Level>>;

/** Of a stolen super administrator account with which something lasting is done. */
const FOREIGN_CONSOLE: Expected = {
  okta_admin_console_stranger: 'high',
  okta_high_risk_sign_in: 'high',
  okta_power_taken_after_suspicious_sign_in: 'critical',
};

/** What each attack is made of, from its story and from what is known of attacks of its kind: not from what rules say. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'help-desk-takeover': {
    okta_factors_removed_by_other: 'high',
    okta_password_and_factors_reset: 'high',
    okta_reset_administrator_signs_in_elsewhere: 'critical',
    okta_proxy_new_device_new_place: 'high',
    okta_admin_console_stranger: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_super_admin_granted: 'high',
    okta_policy_downgraded_to_one_factor: 'high',
    okta_idp_created: 'high',
    okta_new_provider_used: 'high',
    okta_account_taken_over_by_reset: 'critical',
    okta_many_serious_changes: 'critical',
  },
  'recovery-channel-changed': {
    okta_session_stolen: 'high',
    okta_recovery_email_changed: 'low',
    okta_recovery_taken_over: 'medium',
    okta_reset_account_signs_in_elsewhere: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_new_device_new_country: 'high',
  },
  'weak-factor-by-another': {
    okta_factor_downgraded: 'low',
    okta_factor_enrolled_for_other: 'low',
    okta_password_and_factors_reset: 'low',
    okta_reset_account_signs_in_elsewhere: 'high',
    okta_new_device_new_country: 'high',
  },
  'dormant-account': { okta_dormant_sign_in: 'high', okta_new_device_new_country: 'high' },
  'device-on-several-accounts': {
    okta_device_on_many_accounts: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_new_device_new_country: 'high',
  },
  'phone-on-several-accounts': {
    okta_phone_on_many_accounts: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_new_device_new_country: 'high',
  },
  'support-impersonation': {
    okta_support_access_granted: 'low',
    okta_support_access_used: 'medium',
    okta_factors_removed_by_other: 'high',
  },
  'mass-password-resets': {
    okta_many_credentials_reset: 'high',
    okta_admin_console_stranger: 'high',
    okta_reset_account_signs_in_elsewhere: 'medium',
  },
  'help-desk-account-misused': {
    okta_factors_removed_by_other: 'high',
    okta_reset_and_enrolled: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_reset_account_signs_in_elsewhere: 'medium',
  },
  'stolen-admin-cookie': {
    okta_session_stolen: 'critical',
    okta_device_token_copied: 'high',
    okta_admin_console_stranger: 'high',
    okta_password_health_report: 'high',
    okta_account_with_known_bad_name: 'high',
    okta_super_admin_granted: 'high',
    okta_api_token_created: 'medium',
    okta_stolen_session_took_power: 'high',
    okta_taken_account_took_power: 'critical',
  },
  'aitm-replay': {
    okta_session_replayed: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
    okta_new_device_new_country: 'high',
  },
  'session-roaming': {
    okta_session_stolen: 'high',
    okta_session_roaming: 'high',
    okta_session_hijack_suspected: 'high',
    okta_user_risk_high: 'high',
  },
  'refresh-token-reuse': { okta_refresh_token_reuse: 'medium' },
  'impossible-travel': { okta_impossible_travel: 'high', okta_new_device_new_country: 'high' },
  'application-sweep': {
    okta_rapid_app_access: 'high',
    okta_proxy_new_device_new_place: 'high',
    okta_first_proxy: 'high',
  },
  'push-bombing-refused': { okta_push_bombing: 'high', okta_push_rejected_elsewhere: 'medium' },
  'push-bombing-accepted': {
    okta_push_bombing: 'high',
    okta_push_bombing_worked: 'high',
    okta_factor_enrolled_from_suspicious_place: 'medium',
  },
  'push-bombing-unanswered': { okta_pushes_unanswered: 'medium', okta_pushes_unanswered_then_approved: 'high' },
  'push-bombing-timed-out': { okta_pushes_fail: 'medium', okta_pushes_fail_then_approved: 'high' },
  'push-bombing-patient': {
    okta_pushes_fail_slow: 'medium',
    okta_pushes_unanswered_slow: 'medium',
    okta_pushes_slow_then_approved: 'medium',
  },
  'number-challenge-guessed': {
    okta_number_challenge_failed: 'low',
    okta_factor_guessing: 'medium',
    okta_mfa_brute_force_detected: 'high',
  },
  'spray-one-source': { okta_password_spray: 'medium', okta_threat_insight: 'high', okta_spray_worked: 'high' },
  'spray-many-sources': { okta_spread_spray: 'medium' },
  'spray-slow-few-sources': { okta_slow_spray: 'medium', okta_slow_spray_together: 'high' },
  'credential-stuffing': {
    okta_credential_stuffing: 'medium',
    okta_unknown_names: 'low',
    okta_threat_insight: 'high',
    okta_stuffing_worked: 'high',
  },
  'brute-force-many-sources': { okta_brute_force_from_many_networks: 'medium', okta_account_locked: 'informational' },
  'one-device-many-accounts': { okta_spray_with_one_device: 'high' },
  'ldap-reconnaissance': { okta_ldap_spray: 'medium', okta_ldap_reconnaissance: 'medium' },
  'rogue-password-push': {
    ...FOREIGN_CONSOLE,
    okta_password_push_enabled: 'high',
    okta_new_app_gets_passwords: 'high',
    okta_new_app_got_passwords: 'critical',
  },
  'agent-with-delegated-authentication': {
    ...FOREIGN_CONSOLE,
    okta_api_token_created: 'medium',
    okta_directory_agent_created: 'high',
    okta_delegated_authentication_on: 'high',
  },
  'signing-key-cloned': { ...FOREIGN_CONSOLE, okta_saml_key_changed: 'medium', okta_idp_created: 'high' },
  'client-made-super-administrator': {
    ...FOREIGN_CONSOLE,
    okta_oauth_client_made_admin: 'critical',
    okta_api_scope_granted: 'medium',
  },
  'token-for-anywhere': { ...FOREIGN_CONSOLE, okta_api_token_created: 'high', okta_token_outside_zone: 'high' },
  'policy-branch-promoted': {
    ...FOREIGN_CONSOLE,
    okta_policy_branch_put_live: 'medium',
    okta_policy_downgraded_to_one_factor: 'high',
  },
  'log-tampering': {
    ...FOREIGN_CONSOLE,
    okta_log_stream_stopped: 'high',
    okta_behavior_detection_changed: 'medium',
    okta_threat_insight_changed: 'medium',
    okta_protections_off_in_series: 'high',
    okta_power_taken_unwatched: 'critical',
  },
  'passwords-revealed': { okta_others_app_password_shown: 'medium', okta_app_passwords_extracted: 'high' },
  'data-exported': {
    okta_admin_console_stranger: 'high',
    okta_report_exported_oddly: 'medium',
    okta_workflows_exported: 'medium',
    okta_event_hook_changed: 'medium',
    okta_power_taken_after_suspicious_sign_in: 'high',
  },
  'protections-loosened': {
    okta_policy_weakened: 'medium',
    okta_network_zone_weakened: 'medium',
    okta_network_zone_changed: 'medium',
    okta_threat_insight_changed: 'medium',
    okta_protections_off_in_series: 'high',
  },
};
