import { defineCheck } from '../../check/check.js';

export const signInBannerMissing = defineCheck({
  id: 'sign-in-banner-missing',
  title: 'No notice is shown before the sign-in',
  area: 'organisation',
  severity: 'informational',
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:sign_in_banner'],
  sql: `SELECT 'organisation' AS key, jsonb_build_object('shown', false) AS evidence
    FROM org_settings s
    WHERE s.integration_id = $integration AND s.key = 'sign_in_banner' AND s.removed_at IS NULL AND (s.value ->> 'shown')::boolean IS FALSE`,
  why: `A notice that use is watched, and allowed for some only, stops no attacker. It takes the excuse from people inside, and some laws and contracts ask for it before what was seen may be used.`,
  fix: ['Ask your lawyers for the text.', 'Put it on the sign-in page of each brand.'],
  console: { okta: ['Customizations > Brands > the brand > Pages > Sign-in page > Configure: add the notice.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-8'], stig: ['OKTA-APP-000200'] },
});
