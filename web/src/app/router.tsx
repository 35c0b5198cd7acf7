// Every address of the client. Pages are fetched when they are first needed.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { LostPage, NotFoundPage, WaitingPage } from "./Lost";
import { Root } from "./Root";
import * as search from "./search";
import { Shell } from "./Shell";

const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: LostPage,
  validateSearch: search.rootSearch,
  search: { middlewares: [retainSearchParams(["client"])] },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: search.signInSearch,
  component: lazyRouteComponent(() => import("@/pages/SignInPage"), "SignInPage"),
});

const signInWith = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/$providerId",
  validateSearch: search.signInSearch,
  component: lazyRouteComponent(() => import("@/pages/SignInWithPage"), "SignInWithPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome/$token",
  component: lazyRouteComponent(() => import("@/pages/WelcomePage"), "WelcomePage"),
});

const password = createRoute({
  getParentRoute: () => root,
  path: "/password/$token",
  component: lazyRouteComponent(() => import("@/pages/PasswordPage"), "PasswordPage"),
});

const desk = createRoute({
  getParentRoute: () => root,
  id: "desk",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.cache.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search: { to: location.href === "/" ? undefined : location.href } });
  },
});

const board = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("@/pages/BoardPage"), "BoardPage"),
});

const make = createRoute({
  getParentRoute: () => desk,
  path: "/make",
  validateSearch: search.makeSearch,
  component: lazyRouteComponent(() => import("@/pages/MakePage"), "MakePage"),
});

const making = createRoute({
  getParentRoute: () => desk,
  path: "/make/$contentId",
  component: lazyRouteComponent(() => import("@/pages/MakingPage"), "MakingPage"),
});

const review = createRoute({
  getParentRoute: () => desk,
  path: "/review",
  validateSearch: search.reviewSearch,
  component: lazyRouteComponent(() => import("@/pages/ReviewPage"), "ReviewPage"),
});

const calendar = createRoute({
  getParentRoute: () => desk,
  path: "/calendar",
  validateSearch: search.calendarSearch,
  component: lazyRouteComponent(() => import("@/pages/CalendarPage"), "CalendarPage"),
});

const library = createRoute({
  getParentRoute: () => desk,
  path: "/library",
  validateSearch: search.librarySearch,
  component: lazyRouteComponent(() => import("@/pages/LibraryPage"), "LibraryPage"),
});

const cast = createRoute({
  getParentRoute: () => desk,
  path: "/cast",
  validateSearch: search.castSearch,
  component: lazyRouteComponent(() => import("@/pages/CastPage"), "CastPage"),
});

const insights = createRoute({
  getParentRoute: () => desk,
  path: "/insights",
  validateSearch: search.insightsSearch,
  component: lazyRouteComponent(() => import("@/pages/InsightsPage"), "InsightsPage"),
});

const wall = createRoute({
  getParentRoute: () => desk,
  path: "/phones",
  validateSearch: search.wallSearch,
  component: lazyRouteComponent(() => import("@/pages/WallPage"), "WallPage"),
});

const phones = createRoute({
  getParentRoute: () => desk,
  path: "/phones/list",
  validateSearch: search.phonesSearch,
  component: lazyRouteComponent(() => import("@/pages/PhonesPage"), "PhonesPage"),
});

const agents = createRoute({
  getParentRoute: () => desk,
  path: "/phones/agents",
  component: lazyRouteComponent(() => import("@/pages/AgentsPage"), "AgentsPage"),
});

const accounts = createRoute({
  getParentRoute: () => desk,
  path: "/accounts",
  validateSearch: search.accountsSearch,
  component: lazyRouteComponent(() => import("@/pages/AccountsPage"), "AccountsPage"),
});

const jobs = createRoute({
  getParentRoute: () => desk,
  path: "/jobs",
  validateSearch: search.jobsSearch,
  component: lazyRouteComponent(() => import("@/pages/JobsPage"), "JobsPage"),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "organisation" } });
  },
});

const settingsSection = createRoute({
  getParentRoute: () => desk,
  path: "/settings/$section",
  component: lazyRouteComponent(() => import("@/pages/SettingsPage"), "SettingsPage"),
});

const tree = root.addChildren([
  signIn,
  signInWith,
  welcome,
  password,
  desk.addChildren([
    board,
    make,
    making,
    review,
    calendar,
    library,
    cast,
    insights,
    wall,
    phones,
    agents,
    accounts,
    jobs,
    settings,
    settingsSection,
  ]),
]);

export function makeRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: LostPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: WaitingPage,
    defaultPendingMs: 250,
    scrollRestoration: true,
  });
}
