import { defineCheck } from '../../check/check.js';
import { orgSetting } from '../../sql/org-settings.js';

const SHOWN = `(s.value ->> 'shown')::boolean`;

export const signInBannerMissing = defineCheck({
  id: 'sign-in-banner-missing',
  title: 'No notice is shown before the sign-in',
  area: 'organisation',
  severity: 'informational',
  subject: 'organisation',
  population: 'organisation',
  needs: ['setting:sign_in_banner', 'setting:sign_in_banner.shown'],
  ...orgSetting('sign_in_banner', {
    where: `NOT ${SHOWN}`,
    seen: `'shown', false`,
    compares: { 'setting:sign_in_banner.shown': SHOWN },
  }),
  why: `A notice that use is watched, and allowed for some only, stops no attacker. It takes the excuse from people inside, and some laws and contracts ask for it before what was seen may be used.`,
  fix: ['Ask your lawyers for the text.', 'Put it on the sign-in page of each brand.'],
  console: { okta: ['Customizations > Brands > the brand > Pages > Sign-in page > Configure: add the notice.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-8'], stig: ['OKTA-APP-000200'] },
});
