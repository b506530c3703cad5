import { matchesPattern } from '../policies/glob';
import { InvokeReach, pathPattern } from '../policies/invoke-reach';
import { type RestRouteDefinition } from './route';

/** API Gateway puts partition, Region, account and API id in front of it. */
export const WHOLE_API = 'execute-api:/*';

/**
 * Who decides beside the policy: nobody (`open`), the permissions of who signed, the policy that a function answers, or such
 * a policy that allows or denies each request by name, so that an `Allow` here changes nothing (`told`).
 */
type Guard = 'open' | 'signed' | 'decided' | 'told';

interface GuardedRoute {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly guard: Guard;
  readonly isPreflight?: true;
}

/** A pattern of the policy after the name of the stage, and whether it names stages or takes any. */
interface Pattern {
  readonly request: string;
  readonly byStage: boolean;
}

/** An open route that gets no `Allow`: each pattern that matches its requests matches some of the other route. */
export interface InseparableRoutes {
  readonly open: string;
  readonly isPreflight: boolean;
  readonly decided: string;
}

/** Resources of a policy that name the open routes. */
export interface OpenResources {
  /** They match requests of these routes only. */
  readonly apart: readonly string[];
  /** They match signed requests too, so that a condition must tell. */
  readonly mixed: readonly string[];
  readonly inseparable: readonly InseparableRoutes[];
}

/** The routes of an API as its resource policy can name them, preflights included. */
export class AccessRoutes {
  private readonly routes: readonly GuardedRoute[];
  private readonly reach: InvokeReach<GuardedRoute>;
  private named?: OpenResources;

  /** @param preflights whether each path without an `OPTIONS` route answers preflights */
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

  /** What names the routes that nobody decides about, Cognito's among them, and none that somebody does. */
  public get open(): OpenResources {
    return (this.named ??= this.nameOpen());
  }

  /** What names the routes whose callers sign, however their paths end, and no other; undefined where no pattern does. */
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

  /** The patterns of a route, the widest first. */
  private patternsOf({ path, ...route }: GuardedRoute): Pattern[][] {
    const methods = [[route.method === 'ANY' ? '*' : route.method], this.reach.methodsOf({ path, ...route })];
    // `*` may also be nothing, and then the path is that of the parent with a slash at its end.
    return ['*', '?*'].flatMap((variable) =>
      methods.flatMap((some) => ladder(some.map((method) => `${method}${pathPattern(path, variable)}`))),
    );
  }

  /** The first that match no request of routes so guarded. */
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

/** What `InvokeReach` takes for the name of a stage. */
const ANY_STAGE = '~';
const PREFLIGHTS = ladder(['OPTIONS/*']);

/** `*` for the stage also takes slashes: `*` + `/GET/health` matches `prod/GET/files/GET/health`. */
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
