import { own } from '../reader/scope';
import { CANNOT_TELL, copied, dict, isIntrinsic, isJson, type Json, list, put, ref } from './json';

export const ANY = 'x-amazon-apigateway-any-method';
export const INTEGRATION = 'x-amazon-apigateway-integration';
const VERSION_3 = /^3(\.\d+)*$/;
/** Fields of a path that are no operations. */
const NO_OPERATIONS = ['summary', 'description', 'parameters', 'servers', '$ref'];
/** Among the paths, if it is none: SAM and the import ignore it. */
const HIDDEN = 'x-hidden-routes';
/** As deep as SAM changes a document: the cache keys of an integration, with conditions on the way there. */
const DEPTH = 10;

export const isVersion3 = (version: unknown): boolean =>
  (typeof version === 'string' || typeof version === 'number') && VERSION_3.test(String(version));

/** `any` and `GET` as the keys of an OpenAPI document. */
export function verbOf(method: string): string {
  const lower = method.toLowerCase();
  return lower === 'any' ? ANY : lower;
}

/** The document that SAM starts with if the user gave none. */
export const skeleton = (version: Json): Json => ({
  ...version,
  info: { version: '1.0', title: ref('AWS::StackName') },
  paths: {},
});

/** What is under a condition, each of the two; else the value itself. */
function contents(value: unknown): unknown[] {
  const branches = isJson(value) ? value['Fn::If'] : undefined;
  return Array.isArray(branches) ? branches.slice(1) : [value];
}

/** An OpenAPI document that is changed; what the template holds stays as it is. */
export class ApiDocument {
  public readonly root: Json;
  private judged?: Json;

  constructor(written: unknown) {
    this.root = copied(dict(written) ?? {}, DEPTH);
  }

  /** Whether SAM can work with it; it refuses the template else. */
  public get isValid(): boolean {
    const { swagger, openapi, paths } = this.root;
    return isJson(paths) && (Boolean(swagger) || isVersion3(openapi));
  }

  public get isSwagger(): boolean {
    return Boolean(this.root.swagger);
  }

  /** Judged once: with every path that is added, a look at all of them would take ever longer. */
  public get paths(): Json {
    const { paths } = this.root;
    if (this.judged === undefined || this.judged !== paths) this.judged = dict(paths);
    return this.judged ?? {};
  }

  /** An object at the root, made if there is none. */
  public section(...keys: string[]): Json {
    let here = this.root;
    for (const key of keys) {
      if (!isJson(here[key])) {
        here[key] = {};
      }
      here = here[key] as Json;
    }
    return here;
  }

  public pathItems(path: string): Json[] {
    return contents(own(this.paths, path)).flatMap((item) => (isJson(item) && !isIntrinsic(item) ? [item] : []));
  }

  /**
   * Leaves in place of a path that there may be more of them, and statements about these in the policy.
   * @param isMerged whether operations without an integration may get one
   */
  public hideRoutes(isMerged: boolean): void {
    if (!isJson(this.root.paths)) return;
    const items = Object.keys(this.paths).flatMap((path) => this.pathItems(path));
    for (const written of isMerged ? items.flatMap((item) => Object.values(item)) : []) {
      const operation = dict(written);
      if (operation) operation[INTEGRATION] ??= CANNOT_TELL;
    }
    this.root.paths = { ...this.paths, [HIDDEN]: CANNOT_TELL };
    this.isHiding = true;
  }

  /** Whether some routes are unknown. */
  public isHiding = false;

  /** The operations of the path that have an integration: SAM leaves the others alone. */
  public *operations(path: string): Iterable<{ readonly verb: string; readonly operation: Json }> {
    for (const item of this.pathItems(path)) {
      for (const [name, value] of Object.entries(item)) {
        if (NO_OPERATIONS.includes(name)) continue;
        for (const operation of contents(value)) {
          if (isJson(operation) && isJson(operation[INTEGRATION])) yield { verb: verbOf(name), operation };
        }
      }
    }
  }

  public operation(path: string, verb: string): Json | undefined {
    for (const found of this.operations(path)) {
      if (found.verb === verb) return found.operation;
    }
    return undefined;
  }

  /** Adds an operation, or completes an existing one without an integration; undefined if it has one. */
  public addOperation(path: string, verb: string): Json | undefined {
    if (this.operation(path, verb)) {
      return undefined;
    }
    if (!Object.hasOwn(this.paths, path)) {
      put(this.paths, path, {});
    }
    const [item] = this.pathItems(path);
    if (isIntrinsic(own(item, verb))) return undefined;
    if (item && !isJson(own(item, verb))) {
      put(item, verb, {});
    }
    return item && (own(item, verb) as Json);
  }

  /** What SAM appends to the security of an operation. */
  public static secure(operation: Json, ...requirements: unknown[]): void {
    operation.security = [...list(operation.security), ...requirements];
  }
}
