// One file of tests, because they share a browser: `form/open-form.ts`.
import './form/connectors.js';
import './form/guides.js';
import './form/issues.js';
import './form/secrets.js';
import './form/settings.js';
import './form/ways.js';
