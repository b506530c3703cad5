import {
  type AnyApi,
  type AnyRoute,
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
  type Text,
  textKey,
} from '../../template/model/text';
import { type Value } from '../../template/model/value';
import { isLike } from '../../policies/glob';
import { idKey, isTold, resourceKey } from './common';
import { allApisOf } from './v2';

/** API, and what stands behind it. */
const EXECUTE_API = /^arn:[^:]*:execute-api:[^:]*:[^:]*:([^/]+)(?:\/(.*))?$/s;

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const ANYTHING = '*';

/** The permissions that the statements for one function (and version or alias) grant one API. */
class Grants {
  private everything = false;
  private readonly exact = new Set<string>();
  /** The parts between their `*`. */
  private readonly globs = new Map<string, readonly string[]>();

  /** The part of the source ARN after the stage, e.g. `GET/orders/*`. */
  public add(pattern: string): void {
    if (/^\*(\/\*)?$/.test(pattern)) {
      this.everything = true;
    } else {
      this.exact.add(pattern);
      if (/[*?]/.test(pattern) && !this.globs.has(pattern)) {
        this.globs.set(pattern, pattern.split('*'));
      }
    }
  }

  public cover(verb: string, path: string): boolean {
    if (this.everything || this.exact.has(`${verb}${path}`) || this.exact.has(`*${path}`)) {
      return true;
    }
    const sample = `${verb}${path.replaceAll('*', 'value')}`;
    return [...this.globs.values()].some((parts) => isLike(sample, parts));
  }
}

const ALL_APIS = '';

/** The functions that each API may invoke: from the resource policies in the templates. */
export class InvokePermissions {
  private readonly grants = new Map<string, Map<string, Grants>>();
  private readonly known = new WeakMap<LambdaTarget, { api: AnyApi; template: string; grants?: readonly Grants[] }>();
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
    for (const { name, location } of model.functions) {
      if (name !== undefined) this.namedByUser.add(resourceKey(location));
      if (typeof name === 'string') {
        this.namedFunctions.set(name, resourceKey(location));
      }
    }
    model.permissions.forEach((permission) => this.add(permission));
  }

  /** Whether the API may invoke the function for this route; true if that is unknown. */
  public coverRoute(api: AnyApi, route: AnyRoute, lambda: LambdaTarget): boolean {
    const { verb, path } = calledAs(route);
    if (path === undefined || typeof verb !== 'string') {
      return true;
    }
    const verbs = verb === 'ANY' ? VERBS : [verb];
    return this.cover(api, lambda, api.location.template, (grants) => verbs.some((verb) => grants.cover(verb, path)));
  }

  /** Whether the API may invoke the function as its authorizer; true if that is unknown. */
  public coverAuthorizer(api: AnyApi, lambda: LambdaTarget, template: string): boolean {
    return this.cover(api, lambda, template, (grants) => grants.cover('authorizers', '/*'));
  }

  private cover(api: AnyApi, lambda: LambdaTarget, template: string, test: (grants: Grants) => boolean): boolean {
    const grants = this.undecided || this.mayBeNamed(lambda) ? undefined : this.grantsOf(api, lambda, template);
    return grants === undefined || grants.some(test);
  }

  /** Whether a parameter may name the function; not that of a function of its own template whose name is generated. */
  private mayBeNamed({ function: fn }: LambdaTarget): boolean {
    if (!fn || this.undecidedIn.size === 0) return false;
    return this.namedByUser.has(resourceKey(fn)) || [...this.undecidedIn].some((template) => template !== fn.template);
  }

  /** The permissions of the API for the function; undefined if the function is unknown. */
  private grantsOf(api: AnyApi, lambda: LambdaTarget, template: string): readonly Grants[] | undefined {
    // The routes of one function share its target.
    const known = this.known.get(lambda);
    if (known?.api === api && known.template === template) {
      return known.grants;
    }
    const target = this.targetKey(lambda);
    const byApi = target === undefined ? undefined : this.grants.get(target);
    const found = isTold(api)
      ? [ALL_APIS, this.apis.get(api) ?? ALL_APIS].map((key) => byApi?.get(key))
      : [...(byApi?.values() ?? [])];
    const grants = target === undefined ? undefined : found.filter((one) => one !== undefined);
    this.known.set(lambda, { api, template, grants });
    return grants;
  }

  private targetKey(target: LambdaTarget): string | undefined {
    const name = afterLast(target.text, ':') ?? target.text;
    const resource = target.function ? resourceKey(target.function) : this.namedFunctions.get(textKey(name));
    return resource === undefined ? undefined : `${resource}|${textKey(target.qualifier ?? '')}`;
  }

  private add(permission: LambdaPermission): void {
    const { action, principal, target, sourceArn } = permission;
    if (typeof principal === 'string' && principal !== '*' && !principal.startsWith('apigateway.')) {
      return;
    }
    if (typeof action === 'string' && !/^(\*|lambda:(\*|InvokeFunction))$/i.test(action)) {
      return;
    }
    if (!target || isUnknownText(target.text) || isUnknownText(target.qualifier)) {
      this.undecided = true;
      return;
    }
    if (!target.function && mayHoldAnything(target.text)) this.undecidedIn.add(permission.location.template);
    const key = this.targetKey(target);
    if (key !== undefined) {
      const { api, patterns } = this.scopeOf(sourceArn);
      const byApi = this.grants.get(key) ?? new Map<string, Grants>();
      const grants = byApi.get(api) ?? new Grants();
      patterns.forEach((pattern) => grants.add(pattern));
      this.grants.set(key, byApi.set(api, grants));
    }
  }

  private scopeOf(sourceArn: Text | undefined): { api: string; patterns: string[] } {
    const [, named, tail = ''] = EXECUTE_API.exec(textKey(sourceArn ?? '')) ?? [];
    if (named === undefined) {
      const other = isLiteral(sourceArn) && !sourceArn.includes('*');
      return { api: ALL_APIS, patterns: other ? [] : [ANYTHING] };
    }
    return { api: this.keys.has(named) ? named : ALL_APIS, patterns: behindStage(tail) };
  }
}

/** What stands behind the stage in the source ARN: method and path if it is known, or the key of a route that has none. */
function calledAs(route: AnyRoute): { verb: Value<string> | undefined; path?: string } {
  if (route.path === undefined && 'routeKey' in route) {
    return { verb: route.routeKey, path: '' };
  }
  if (!isLiteral(route.path)) {
    return { verb: route.httpMethod };
  }
  // To a REST API `/orders/` is the resource `/orders`; SAM writes its permissions accordingly.
  const path = 'routeKey' in route ? route.path : route.path.replace(/(.)\/$/, '$1');
  return { verb: route.httpMethod, path: path.replaceAll(/\{[^{}]*\}/g, '*') };
}

/** `prod/GET/orders/{id}` → `GET/orders/*`; the stage is ignored, except for the console's test stage. */
function behindStage(tail: string): string[] {
  const plain = keyWithReferencesAs(ANYTHING, tail).replaceAll(/\{[^{}]*\}/g, ANYTHING);
  if (plain === ANYTHING) {
    return [ANYTHING];
  }
  if (plain.startsWith('authorizers/')) {
    return ['authorizers/*'];
  }
  const slash = plain.indexOf('/');
  const behind = slash < 0 ? [] : [plain.slice(slash + 1)];
  if (plain.slice(0, slash) === 'test-invoke-stage') {
    return [];
  }
  // An asterisk that is written in the place of the stage takes slashes too: `*$connect` is `prod/$connect`.
  const [stage] = keyWithReferencesAs('', tail).split('/');
  return stage.includes('*') ? [...behind, plain.slice(plain.indexOf('*'))] : behind;
}
