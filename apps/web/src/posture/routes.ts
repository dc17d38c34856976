import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readChecksSearch, readFrameworksSearch, readPostureSearch } from './posture-search.js';

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture',
  validateSearch: readPostureSearch,
  component: lazyRouteComponent(() => import('./PosturePage.js'), 'PosturePage'),
});

const checks = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture/checks',
  validateSearch: readChecksSearch,
  component: lazyRouteComponent(() => import('./ChecksPage.js'), 'ChecksPage'),
});

const check = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture/checks/$check',
  validateSearch: readPostureSearch,
  component: lazyRouteComponent(() => import('./CheckPage.js'), 'CheckPage'),
});

const frameworks = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture/frameworks',
  validateSearch: readFrameworksSearch,
  component: lazyRouteComponent(() => import('./FrameworksPage.js'), 'FrameworksPage'),
});

const report = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture/report',
  validateSearch: readPostureSearch,
  component: lazyRouteComponent(() => import('./ReportPage.js'), 'ReportPage'),
});

export const postureRoutes = [overview, checks, check, frameworks, report] as const;
