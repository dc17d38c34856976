import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readCoverageSearch, readRulesSearch } from './detection-search.js';
import { readSuppressionsSearch } from './suppressions-search.js';

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection',
  beforeLoad: () => {
    throw redirect({ to: '/detection/rules', replace: true });
  },
});

const rules = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/rules',
  validateSearch: readRulesSearch,
  component: lazyRouteComponent(() => import('./RulesPage.js'), 'RulesPage'),
});

const rule = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/rules/$rule',
  component: lazyRouteComponent(() => import('./RulePage.js'), 'RulePage'),
});

const coverage = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/coverage',
  validateSearch: readCoverageSearch,
  component: lazyRouteComponent(() => import('./CoveragePage.js'), 'CoveragePage'),
});

const files = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/files',
  component: lazyRouteComponent(() => import('./FilesPage.js'), 'FilesPage'),
});

const newFile = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/files/new',
  component: lazyRouteComponent(() => import('./FilePage.js'), 'NewFilePage'),
});

const file = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/files/$file',
  component: lazyRouteComponent(() => import('./FilePage.js'), 'FilePage'),
});

const lists = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/lists',
  component: lazyRouteComponent(() => import('./ListsPage.js'), 'ListsPage'),
});

const suppressions = createRoute({
  getParentRoute: () => signedIn,
  path: '/detection/suppressions',
  validateSearch: readSuppressionsSearch,
  component: lazyRouteComponent(() => import('./SuppressionsPage.js'), 'SuppressionsPage'),
});

export const detectionRoutes = [start, rules, rule, coverage, files, newFile, file, lists, suppressions] as const;
