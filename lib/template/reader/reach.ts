import { intrinsicName } from './intrinsics';
import { type ResourceRef } from '../model/model';
import { type App, type Dict, isDict, own, type Scope } from './scope';

const MAX_DEPTH = 500;

/** Which resources of a template a resource depends on, walked when first asked and then kept. */
export class Reach {
  private readonly edges = new Map<string, ReadonlySet<string>>();
  private readonly walks = new Map<string, Walk>();
  /** The resources that a `Fn::Sub` without variables of its own names, by its pattern: routes name the same few functions. */
  private readonly substituted = new Map<string, readonly string[]>();

  /** @param skips intrinsics whose arguments are no dependency for certain, e.g. the branches of a condition */
  constructor(
    private readonly scope: Scope,
    private readonly skips: ReadonlySet<string> = new Set(),
  ) {}

  /** Those named in `DependsOn`. */
  public dependsOn(logicalId: string): ResourceRef[] {
    return this.named(logicalId).map((id) => ({ template: this.scope.file, logicalId: id }));
  }

  /** Whether the resource comes after the target, by `DependsOn` or reference, directly or through others. */
  public reaches(from: string, target: ResourceRef): boolean {
    return target.template === this.scope.file && this.walkFrom(from).finds(target.logicalId);
  }

  /** Whether it comes after one of the resources of its template with these logical ids. */
  public reachesOneOf(from: string, logicalIds: ReadonlySet<string>): boolean {
    return this.walkFrom(from).findsOneOf(logicalIds);
  }

  private walkFrom(from: string): Walk {
    let walk = this.walks.get(from);
    if (!walk) {
      this.walks.set(from, (walk = new Walk(from, (id) => this.directly(id))));
    }
    return walk;
  }

  /** The resources that it names itself. */
  public directly(logicalId: string): ReadonlySet<string> {
    let edges = this.edges.get(logicalId);
    if (!edges) {
      const found = new Set(this.named(logicalId));
      this.collect(own(this.scope.resources.get(logicalId), 'Properties'), found, 0);
      this.edges.set(logicalId, (edges = found));
    }
    return edges;
  }

  private named(logicalId: string): string[] {
    const written = own(this.scope.resources.get(logicalId), 'DependsOn');
    const list: readonly unknown[] = Array.isArray(written) ? written : [written];
    return list.filter((id) => typeof id === 'string');
  }

  private collect(raw: unknown, into: Set<string>, depth: number): void {
    if (typeof raw !== 'object' || raw === null || depth > MAX_DEPTH) {
      return;
    }
    if (Array.isArray(raw)) {
      for (const item of raw) {
        this.collect(item, into, depth + 1);
      }
      return;
    }
    const name = intrinsicName(raw);
    if (name !== undefined && this.skips.has(name)) {
      return;
    }
    if (name !== undefined) {
      this.add(name, own(raw, name), into);
    }
    for (const key of Object.keys(raw)) {
      const value = (raw as Dict)[key];
      if (typeof value === 'object') this.collect(value, into, depth + 1);
    }
  }

  private add(intrinsic: string, argument: unknown, into: Set<string>): void {
    for (const id of this.namedBy(intrinsic, argument)) {
      if (typeof id === 'string' && this.scope.resources.has(id)) {
        into.add(id);
      }
    }
  }

  private namedBy(intrinsic: string, argument: unknown): readonly unknown[] {
    if (intrinsic === 'Ref') return [argument];
    if (intrinsic === 'Fn::GetAtt') {
      return [
        typeof argument === 'string' ? argument.split('.')[0] : Array.isArray(argument) ? argument[0] : undefined,
      ];
    }
    if (intrinsic !== 'Fn::Sub') return [];
    const [pattern, variables]: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    if (typeof pattern !== 'string') return [];
    if (isDict(variables)) return namesIn(pattern, variables);
    let known = this.substituted.get(pattern);
    if (!known) this.substituted.set(pattern, (known = namesIn(pattern)));
    return known;
  }
}

/** What the pattern of a `Fn::Sub` names, other than its own variables. */
function namesIn(pattern: string, variables: Dict = {}): string[] {
  return [...pattern.matchAll(/\$\{([^!{}][^{}]*)\}/g)].flatMap(([, name]) =>
    Object.hasOwn(variables, name) ? [] : [name.trim().split('.')[0]],
  );
}

/** The dependencies of each template, gathered once. */
export class Reaches {
  private readonly byTemplate = new Map<string, Reach>();

  constructor(private readonly app: App) {}

  public of({ template }: ResourceRef): Reach {
    let reach = this.byTemplate.get(template);
    if (!reach) {
      this.byTemplate.set(template, (reach = new Reach(this.app.scopes.get(template) as Scope)));
    }
    return reach;
  }
}

/** A walk along dependencies that goes only as far as needed: the next step may be the whole document of an API. */
class Walk {
  private readonly found = new Set<string>();
  private readonly open: string[];

  constructor(
    from: string,
    private readonly next: (logicalId: string) => ReadonlySet<string>,
  ) {
    this.open = [from];
  }

  public finds(logicalId: string): boolean {
    while (!this.found.has(logicalId) && this.step());
    return this.found.has(logicalId);
  }

  public findsOneOf(logicalIds: ReadonlySet<string>): boolean {
    const isMeant = (id: string): boolean => logicalIds.has(id);
    if ([...this.found].some(isMeant)) return true;
    for (let more = this.step(); more; more = this.step()) {
      if (more.some(isMeant)) return true;
    }
    return false;
  }

  /** What comes into sight with one step; undefined if there is no way on. */
  private step(): string[] | undefined {
    const from = this.open.shift();
    if (from === undefined) return undefined;
    const more = [...this.next(from)].filter((id) => !this.found.has(id));
    for (const id of more) {
      this.found.add(id);
      this.open.push(id);
    }
    return more;
  }
}
