import { matchesPattern } from '../policies/glob';
import { InvokeReach, pathPattern } from '../policies/invoke-reach';
import { type RestRouteDefinition } from './route';

/** API Gateway prepends partition, Region, account and API id. */
export const WHOLE_API = 'execute-api:/*';

/**
 * What decides in addition to the policy: nothing (`open`), the permissions of the signer, the policy that a function returns, or
 * such a policy that allows or denies each request explicitly, so an `Allow` here changes nothing (`told`).
 */
type Guard = 'open' | 'signed' | 'decided' | 'told';

interface GuardedRoute {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly guard: Guard;
  readonly isPreflight?: true;
}

/** A pattern of the policy after the name of the stage, and whether it names stages or matches any. */
interface Pattern {
  readonly request: string;
  readonly byStage: boolean;
}

/** An open route that gets no `Allow`: each pattern that matches its requests also matches some of the other route's. */
export interface InseparableRoutes {
  readonly open: string;
  readonly isPreflight: boolean;
  readonly decided: string;
}

/** Resources of a policy that name the open routes. */
export interface OpenResources {
  /** They match requests of these routes only. */
  readonly apart: readonly string[];
  /** They match signed requests too, so a condition must tell them apart. */
  readonly mixed: readonly string[];
  readonly inseparable: readonly InseparableRoutes[];
}

/** The routes of an API as its resource policy can name them, preflights included. */
export class AccessRoutes {
  private readonly routes: readonly GuardedRoute[];
  private readonly reach: InvokeReach<GuardedRoute>;
  private named?: OpenResources;

  /** @param preflights whether each path without an `OPTIONS` route responds to preflights */
  constructor(
    definitions: readonly RestRouteDefinition[],
    preflights: boolean,
    private readonly stageNames: readonly string[],
  ) {
    const routes = definitions.map(guarded);
    const taken = new Set(routes.filter(({ method }) => method === 'OPTIONS').map(({ path }) => path));
    for (const path of preflights ? new Set(routes.map((one) => one.path)) : []) {
      if (taken.has(path)) continue;
      routes.push({ key: `OPTIONS ${path}`, method: 'OPTIONS', path, guard: 'open', isPreflight: true });
    }
    this.routes = routes;
    this.reach = new InvokeReach(routes);
  }

  public get hasSigned(): boolean {
    return this.of('signed').length > 0;
  }

  private get allSigned(): boolean {
    return this.of('signed').length === this.routes.length;
  }

  /** Patterns that match the routes without a further decision, Cognito's included, and no others. */
  public get open(): OpenResources {
    return (this.named ??= this.nameOpen());
  }

  /**
   * Patterns that match the routes whose callers sign, whatever their paths end with, and no others; undefined if there is no
   * such pattern.
   */
  public get signed(): readonly string[] | undefined {
    if (!this.hasSigned) return undefined;
    if (this.allSigned) return [WHOLE_API];
    const forms = this.of('signed').map((route) => this.first(this.patternsOf(route), ['open', 'decided', 'told']));
    if (forms.some((patterns) => patterns === undefined)) return undefined;
    const patterns = forms.flatMap((some) => some ?? []);
    const takes = (text: string) => patterns.some((pattern) => matchesPattern(textOf(pattern, ANY_STAGE), text));
    const slashed = patterns
      .map(({ request, byStage }) => ({ request: `${request}/`, byStage }))
      .filter((pattern) => !takes(textOf(pattern, ANY_STAGE)));
    return this.resources([...patterns, ...slashed]);
  }

  private nameOpen(): OpenResources {
    const open = this.of('open');
    if (open.length === this.routes.length) return { apart: [WHOLE_API], mixed: [], inseparable: [] };
    const apart: Pattern[] = [];
    const mixed: Pattern[] = [];
    const inseparable: InseparableRoutes[] = [];
    const preflights = this.first(PREFLIGHTS, ['signed', 'decided']);
    for (const route of open) {
      const forms = this.patternsOf(route);
      const exact = (route.isPreflight && preflights) || this.first(forms, ['signed', 'decided']);
      const almost = exact ?? this.first(forms, ['decided']);
      if (exact) apart.push(...exact);
      else if (almost) mixed.push(...almost);
      else inseparable.push(this.inseparable(route, forms));
    }
    return { apart: this.resources(apart), mixed: this.resources(mixed), inseparable };
  }

  private of(guard: Guard): GuardedRoute[] {
    return this.routes.filter((route) => route.guard === guard);
  }

  /** The patterns of a route, widest first. */
  private patternsOf({ path, ...route }: GuardedRoute): Pattern[][] {
    const methods = [[route.method === 'ANY' ? '*' : route.method], this.reach.methodsOf({ path, ...route })];
    // `*` also matches nothing; the path is then the parent's with a trailing slash.
    return ['*', '?*'].flatMap((variable) =>
      methods.flatMap((some) => ladder(some.map((method) => `${method}${pathPattern(path, variable)}`))),
    );
  }

  /** The first patterns that match no request of routes guarded in this way. */
  private first(forms: readonly Pattern[][], guards: readonly Guard[]): Pattern[] | undefined {
    return forms.find((patterns) => !this.reached(patterns, ...guards));
  }

  private reached(patterns: readonly Pattern[], ...guards: readonly Guard[]): GuardedRoute | undefined {
    for (const pattern of patterns) {
      const route = this.reach.reached(textOf(pattern, ANY_STAGE), ({ guard }) => guards.includes(guard));
      if (route) return route;
    }
    return undefined;
  }

  private inseparable({ key, isPreflight }: GuardedRoute, forms: readonly Pattern[][]): InseparableRoutes {
    const decided = this.reached(forms.at(-1) ?? [], 'decided');
    return { open: key, isPreflight: isPreflight ?? false, decided: decided?.key ?? '' };
  }

  private resources(patterns: readonly Pattern[]): string[] {
    const names = patterns.flatMap((pattern) =>
      (pattern.byStage ? this.stageNames : ['*']).map((stage) => textOf(pattern, stage)),
    );
    return [...new Set(names)].sort().map((name) => `execute-api:/${name}`);
  }
}

/** What `InvokeReach` uses as the name of a stage. */
const ANY_STAGE = '~';
const PREFLIGHTS = ladder(['OPTIONS/*']);

/** `*` for the stage also matches slashes: `*` + `/GET/health` matches `prod/GET/files/GET/health`. */
function ladder(requests: readonly string[]): Pattern[][] {
  return [false, true].map((byStage) => requests.map((request) => ({ request, byStage })));
}

function textOf({ request, byStage }: Pattern, stage: string): string {
  return `${byStage ? stage : '*'}/${request}`;
}

function guarded({ route, authorizer }: RestRouteDefinition): GuardedRoute {
  const { key, method, path } = route;
  return { key, method, path, guard: authorizer.jwt ? 'told' : GUARDS[authorizer.kind] };
}

const GUARDS: Readonly<Record<RestRouteDefinition['authorizer']['kind'], Guard>> = {
  none: 'open',
  cognito: 'open',
  iam: 'signed',
  token: 'decided',
  request: 'decided',
};
