import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { texts } from '../../check/parameter.js';
import { isActiveProvider, isCategory, signsIn } from '../../sql/identity-providers.js';

const OF_ONESELF = [
  'displayName',
  'nickName',
  'firstName',
  'lastName',
  'secondEmail',
  'mobilePhone',
  'preferredUsername',
  'preferred_username',
];

const MATCH = known(`t.trust ->> 'match'`);
const TEMPLATE = `t.trust ->> 'subjectTemplate'`;

// A card is made by an authority, which decides what stands on it: it needs no filter.
const FROM = `FROM identity_providers t CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT 1 FROM regexp_matches(t.trust ->> 'subjectTemplate', '[[:alpha:]_][[:alnum:]_]*', 'g') AS n (found)
          WHERE lower(n.found[1]) IN (SELECT lower(w.name) FROM unnest($attributes) AS w (name))) AS is_chosen,
        coalesce(t.trust ->> 'match' IN ('email', 'login_or_email', 'attribute'), false) AS is_ambiguous,
        t.trust ->> 'subjectFilter' IS NULL AND NOT ${isCategory('t', 'smart_card')} AS is_unfiltered
    ) f`;

export const identityProviderMatchesWeakly = defineCheck({
  id: 'identity-provider-matches-weakly',
  title: 'Sign-in at another system that can be taken for somebody else',
  area: 'identity_providers',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isChosen', because: 'the name is made of what people set for themselves at the other system' },
    { to: 'medium', when: 'isOnlyUnfiltered', because: 'it must be equal to a login, of which there is one each' },
  ],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: [
    'identity_provider',
    'identity_provider.trust',
    'identity_provider.trust.match',
    'identity_provider.trust.subjectTemplate',
    'identity_provider.accountLinkAction',
  ],
  parameters: { attributes: texts('Attributes that people may set for themselves at the other system', OF_ONESELF) },
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'match', t.trust ->> 'match', 'subjectTemplate', left(t.trust ->> 'subjectTemplate', 500),
      'subjectFilter', left(t.trust ->> 'subjectFilter', 500), 'isChosen', f.is_chosen, 'isAmbiguous', f.is_ambiguous, 'isUnfiltered', f.is_unfiltered,
      'isOnlyUnfiltered', NOT (f.is_chosen OR f.is_ambiguous)) AS evidence
    ${FROM}
    WHERE ${isActiveProvider('t')} AND t.trust IS NOT NULL AND upper(t.account_link_action) <> 'DISABLED' AND (f.is_chosen OR f.is_ambiguous OR f.is_unfiltered)`,
  undecided: undecided({
    key: 't.key',
    from: `${FROM} WHERE ${signsIn('t')}`,
    where: `CASE WHEN upper(t.account_link_action) = 'DISABLED' THEN false WHEN t.account_link_action IS NULL OR t.trust IS NULL THEN NULL
      WHEN f.is_chosen OR f.is_ambiguous OR f.is_unfiltered THEN true ELSE num_nulls(${MATCH}, ${TEMPLATE}) = 0 OR NULL END`,
    compares: {
      'identity_provider.accountLinkAction': 't.account_link_action',
      'identity_provider.trust.match': MATCH,
      'identity_provider.trust.subjectTemplate': TEMPLATE,
    },
  }),
  why: `The other system says a name, and this organisation looks for an account with it. If somebody can choose that name there, or if two accounts fit, the sign-in ends in an account that belongs to another person, which may be an administrator's.`,
  fix: [
    'Compare with the login only, and with nothing that two people can have.',
    'Make the name of an attribute that only the other system can write.',
    'Set a filter that lets in names of the domain of that system alone.',
    'Or link accounts by hand, and switch the automatic linking off.',
  ],
  console: { okta: ['Security > Identity Providers > the provider > Edit: IdP Username, Filter, Match against.'] },
  effort: 'hours',
  frameworks: { nist: ['IA-4', 'IA-8', 'IA-13'], cis: ['5.6'], soc2: ['CC6.1', 'CC6.6'] },
});
