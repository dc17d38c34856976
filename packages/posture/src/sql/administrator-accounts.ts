/** For a FROM after the steps `ADMINISTRATORS`: administrators as `d`, their accounts as `a`. */
export const ADMINISTRATOR_ACCOUNTS = `administrators d JOIN accounts a ON a.integration_id = $integration AND a.key = d.account COLLATE "C"`;

/** Who it is: the first pairs of a `jsonb_build_object`, with flags for the severity. */
export const ADMINISTRATOR_EVIDENCE = `'login', a.login, 'roles', d.roles[1:20], 'roleCount', cardinality(d.roles),
      'isSuperAdministrator', d.is_super, 'isSuspended', a.status = 'suspended'`;
