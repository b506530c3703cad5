import {
  type AnyApi,
  type AnyAuthorizer,
  type AnyRoute,
  type AnyStage,
  type ApiModel,
  type LambdaPermission,
  type LambdaTarget,
} from '../../template/model/model';
import {
  afterLast,
  isLiteral,
  isUnknownText,
  keyWithReferencesAs,
  mayHoldAnything,
  referenceTo,
  type Text,
  textKey,
} from '../../template/model/text';
import { isKnown, type Value } from '../../template/model/value';
import { grouped } from '../../lookup/grouped';
import { idKey, isTold, resourceKey } from './common';
import { everyGrant, Grants, type GrantsByStage } from './grants';
import { allApisOf, allStagesOf } from './v2';

/** API, and what stands behind it. */
const EXECUTE_API = /^arn:[^:]*:execute-api:[^:]+:[^:]*:([^/]+)(?:\/(.*))?$/s;

/** The ARN of something else; one of execute-api has a Region. */
const OTHER_SERVICE = /^arn:[^:]*:(?:(?!execute-api:)[a-z-]+|execute-api:):/;

const INVOKE = 'lambda:InvokeFunction';
const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const ANYTHING = '*';

/** A stage, with the permissions for it. */
interface GrantedStage {
  readonly stage: AnyStage;
  readonly granted: readonly Grants[];
}

const ALL_APIS = '';
const ANY_STAGE = '';

/** What a statement lets an API do, by the stage that its source ARN names. */
interface Scope {
  /** The key of an API of the templates, or an id that is written out. */
  readonly api: string;
  readonly stage: string;
  readonly patterns: readonly string[];
}

/** The functions that each API may invoke: from the resource policies in the templates. */
export class InvokePermissions {
  /** By function, API and stage. */
  private readonly grants = new Map<string, Map<string, Map<string, Grants>>>();
  private readonly known = new WeakMap<LambdaTarget, { api: AnyApi; template: string; grants?: GrantsByStage }>();
  private readonly byStage = new WeakMap<GrantsByStage, { api: AnyApi; named: readonly GrantedStage[] }>();
  /** Of the route of the last call, in all stages and in each. */
  private called?: Called & { readonly route: AnyRoute };
  private readonly targetKeys = new Map<LambdaTarget, string | undefined>();
  private readonly stages: ReadonlySet<string>;
  private readonly apis: ReadonlyMap<AnyApi, string>;
  private readonly keys: ReadonlySet<string>;
  private readonly namedFunctions = new Map<string, string>();
  /** A statement whose function is unknown may be for any of them. */
  private undecided = false;
  /** Templates with statements for a function that a parameter or an import names. */
  private readonly undecidedIn = new Set<string>();
  private readonly namedByUser = new Set<string>();

  constructor(model: ApiModel) {
    this.apis = new Map(allApisOf(model).map((api) => [api, idKey(api)]));
    // A permission for an API with several names may be for any of them.
    this.keys = new Set([...this.apis].flatMap(([api, key]) => (isTold(api) ? [key] : [])));
    this.stages = new Set(allStagesOf(model).flatMap(({ stage }) => stageKeys(stage)));
    for (const { name, location } of model.functions) {
      if (name !== undefined) this.namedByUser.add(resourceKey(location));
      if (typeof name === 'string') {
        this.namedFunctions.set(name, resourceKey(location));
      }
    }
    model.permissions.forEach((permission) => this.add(permission));
  }

  /** Whether the API may invoke the function for this route in some stage; true if that is unknown. */
  public coverRoute(api: AnyApi, route: AnyRoute, lambda: LambdaTarget): boolean {
    return this.routeIn(api, route, lambda, everyGrant);
  }

  /** The stages of the API in which it may not invoke the function for this route, if it may in some stage. */
  public stagesWithout(api: AnyApi, route: AnyRoute, lambda: LambdaTarget): AnyStage[] {
    const grants = this.grantsOf(api, lambda, api.location.template);
    return this.namedStages(api, grants)
      .filter(({ granted }) => !this.routeIn(api, route, lambda, () => granted))
      .map(({ stage }) => stage);
  }

  /** The stages of the API that a permission may leave out, each with those for it; the routes of one function have the same. */
  private namedStages(api: AnyApi, grants: GrantsByStage | undefined): readonly GrantedStage[] {
    // Where no permission names a stage, each is for all of them.
    if (grants === undefined || [...grants.keys()].every((stage) => stage === ANY_STAGE)) return [];
    const known = this.byStage.get(grants);
    if (known?.api === api) return known.named;
    const named = (api.stages as readonly AnyStage[]).flatMap((stage) => {
      const granted = [...new Set([ANY_STAGE, ...stageKeys(stage)])].flatMap((key) => grants.get(key) ?? []);
      // A stage whose name is unknown may be any that is named; one that has all permissions lacks none.
      return isKnown(stage.stageName) && granted.length < everyGrant(grants).length ? [{ stage, granted }] : [];
    });
    this.byStage.set(grants, { api, named });
    return named;
  }

  /** Ids of APIs, written out, that may invoke the function: they may be those of APIs of the templates. */
  public idsFor(lambda: LambdaTarget): string[] {
    const byApi = this.grants.get(this.targetKey(lambda) ?? '');
    return [...(byApi?.keys() ?? [])].filter((key) => key !== ALL_APIS && !this.keys.has(key));
  }

  /** Whether the API may invoke the function as its authorizer; true if that is unknown. */
  public coverAuthorizer(api: AnyApi, lambda: LambdaTarget, { location }: AnyAuthorizer): boolean {
    const grants = this.undecided ? undefined : this.grantsOf(api, lambda, location.template);
    const itself = `/${textKey(referenceTo(location))}`;
    return (
      grants === undefined ||
      [...grants.values()].flat().some((some) => some.cover('authorizers', '/*') || some.cover('authorizers', itself))
    );
  }

  private routeIn(
    api: AnyApi,
    route: AnyRoute,
    lambda: LambdaTarget,
    select: (grants: GrantsByStage) => readonly Grants[],
  ): boolean {
    if (this.called?.route !== route) this.called = { route, ...calledAs(route) };
    const { verb, path } = this.called;
    if (path === undefined || typeof verb !== 'string' || this.undecided) {
      return true;
    }
    const grants = this.grantsOf(api, lambda, api.location.template);
    if (grants === undefined) {
      return true;
    }
    return select(grants).some((some) =>
      verb === 'ANY' ? VERBS.some((one) => some.cover(one, path)) : some.cover(verb, path),
    );
  }

  /** Whether a parameter may name the function; not that of a function of its own template whose name is generated. */
  private mayBeNamed({ function: fn }: LambdaTarget): boolean {
    if (!fn || this.undecidedIn.size === 0) return false;
    return this.namedByUser.has(resourceKey(fn)) || [...this.undecidedIn].some((template) => template !== fn.template);
  }

  /** The permissions of the API for the function; undefined if the function is unknown. */
  private grantsOf(api: AnyApi, lambda: LambdaTarget, template: string): GrantsByStage | undefined {
    // The routes of one function share its target.
    const known = this.known.get(lambda);
    if (known?.api === api && known.template === template) {
      return known.grants;
    }
    const target = this.mayBeNamed(lambda) ? undefined : this.targetKey(lambda);
    const byApi = target === undefined ? undefined : this.grants.get(target);
    const found = isTold(api)
      ? [ALL_APIS, this.apis.get(api) ?? ALL_APIS].flatMap((key) => [...(byApi?.get(key) ?? [])])
      : [...(byApi?.values() ?? [])].flatMap((byStage) => [...byStage]);
    const grants = target === undefined ? undefined : grouped(found, ([stage]) => stage);
    const byStage = grants && new Map([...grants].map(([stage, some]) => [stage, some.map(([, one]) => one)]));
    this.known.set(lambda, { api, template, grants: byStage });
    return byStage;
  }

  /** The statements for one function share its target. */
  private targetKey(target: LambdaTarget): string | undefined {
    if (!this.targetKeys.has(target)) this.targetKeys.set(target, this.keyOfTarget(target));
    return this.targetKeys.get(target);
  }

  private keyOfTarget(target: LambdaTarget): string | undefined {
    const name = afterLast(target.text, ':') ?? target.text;
    const resource = target.function ? resourceKey(target.function) : this.namedFunctions.get(textKey(name));
    return resource === undefined ? undefined : `${resource}|${textKey(target.qualifier ?? '')}`;
  }

  private add(permission: LambdaPermission): void {
    const { action, principal, target, sourceArn } = permission;
    if (typeof principal === 'string' && principal !== '*' && !principal.startsWith('apigateway.')) {
      return;
    }
    if (typeof action === 'string' && action !== INVOKE && !/^(\*|lambda:(\*|InvokeFunction))$/i.test(action)) {
      return;
    }
    if (!target || isUnknownText(target.text) || isUnknownText(target.qualifier)) {
      this.undecided = true;
      return;
    }
    if (!target.function && mayHoldAnything(target.text)) this.undecidedIn.add(permission.location.template);
    const key = this.targetKey(target);
    if (key !== undefined) {
      const { api, stage, patterns } = this.scopeOf(sourceArn);
      const byApi = this.grants.get(key) ?? new Map<string, Map<string, Grants>>();
      const byStage = byApi.get(api) ?? new Map<string, Grants>();
      const grants = byStage.get(stage) ?? new Grants();
      patterns.forEach((pattern) => grants.add(pattern));
      this.grants.set(key, byApi.set(api, byStage.set(stage, grants)));
    }
  }

  private scopeOf(sourceArn: Text | undefined): Scope {
    const key = textKey(sourceArn ?? '');
    const [, named, tail = ''] = EXECUTE_API.exec(key) ?? [];
    if (named === undefined) {
      const isOther = OTHER_SERVICE.test(key) || (isLiteral(sourceArn) && !sourceArn.includes('*'));
      return { api: ALL_APIS, stage: ANY_STAGE, patterns: isOther ? [] : [ANYTHING] };
    }
    const isOne = this.keys.has(named) || /^[a-z0-9]+$/.test(named);
    return { api: isOne ? named : ALL_APIS, stage: this.stageIn(tail), patterns: behindStage(tail) };
  }

  /** The stage that the source ARN names: its name, or the key of its resource. */
  private stageIn(tail: string): string {
    const slash = tail.indexOf('/');
    const stage = tail.slice(0, Math.max(slash, 0));
    if (slash < 0 || stage === ANYTHING || stage === 'authorizers') return ANY_STAGE;
    return /^[\w$-]+$/.test(stage) || this.stages.has(stage) ? stage : ANY_STAGE;
  }
}

/** The ways to name a stage: its name, and a reference to its resource. */
const stageKeys = ({ stageName, location }: AnyStage): string[] => [
  ...(isKnown(stageName) ? [stageName] : []),
  textKey(referenceTo(location)),
];

/** Method and path. */
interface Called {
  readonly verb: Value<string> | undefined;
  readonly path?: string;
}

/** What stands behind the stage in the source ARN: method and path if it is known, or the key of a route that has none. */
function calledAs(route: AnyRoute): Called {
  if (route.path === undefined && 'routeKey' in route) {
    return { verb: route.routeKey, path: '' };
  }
  if (!isLiteral(route.path)) {
    return { verb: route.httpMethod };
  }
  // To a REST API `/orders/` is the resource `/orders`; SAM writes its permissions accordingly.
  const isShorter = !('routeKey' in route) && route.path.length > 1 && route.path.endsWith('/');
  const path = isShorter ? route.path.slice(0, -1) : route.path;
  return { verb: route.httpMethod, path: withoutVariables(path) };
}

const withoutVariables = (path: string): string =>
  path.includes('{') ? path.replaceAll(/\{[^{}]*\}/g, ANYTHING) : path;

/** `prod/GET/orders/{id}` → `GET/orders/*`; the stage is ignored, except for the console's test stage. */
function behindStage(tail: string): string[] {
  const plain = withoutVariables(keyWithReferencesAs(ANYTHING, tail));
  if (plain === ANYTHING) {
    return [ANYTHING];
  }
  if (plain.startsWith('authorizers/')) {
    // A reference is to one authorizer; what an id stands for is unknown.
    return [tail.includes('*') || plain === tail ? 'authorizers/*' : tail];
  }
  const slash = plain.indexOf('/');
  const behind = slash < 0 ? [] : [plain.slice(slash + 1)];
  if (plain.slice(0, slash) === 'test-invoke-stage') {
    return [];
  }
  // An asterisk that is written in the place of the stage takes slashes too: `*$connect` is `prod/$connect`.
  const [stage] = keyWithReferencesAs('', tail).split('/', 1);
  return stage.includes('*') ? [...behind, plain.slice(plain.indexOf('*'))] : behind;
}
