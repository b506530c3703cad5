import { HTTP_METHODS } from '../facts/names';

/** An operation of a REST API: a method of a path, or `ANY` for all methods without a separate operation. */
export interface Operation {
  readonly method: string;
  readonly path: string;
}

/** Operations whose paths differ only in segments that few operations have. */
export interface OperationGroup<T> {
  readonly methods: readonly string[];
  /** With `RARE` for such a segment. */
  readonly path: string;
  readonly operations: T[];
}

/** The data of a pattern that groups need. */
interface Form {
  /** Its segments that few operations have. */
  readonly rare: readonly string[];
  /** Without them. */
  readonly common: string;
}

/** Stands for a segment that few operations have: in a path, and in a pattern, if no fixed segment of a group equals it. */
const RARE = '\u0000';
const NAMED = '\u0001';

/**
 * The operations of an API in groups of which a pattern matches all or none, except those that have a segment which the
 * pattern names and few others have. So one check per group, for each form of patterns, is enough for any number of
 * routes and patterns.
 */
export class OperationGroups<T extends Operation> {
  private readonly groups = new Map<string, OperationGroup<T>>();
  private readonly groupOf = new Map<T, OperationGroup<T>>();
  /** Operations by each segment, and which of them are rare. */
  private readonly having = new Map<string, T[]>();
  private readonly rareOf = new Map<T, ReadonlySet<string>>();
  private readonly forms = new Map<string, Form | undefined>();
  private readonly matched = new Map<string, Map<OperationGroup<T>, boolean>>();
  private readonly few: number;

  /**
   * @param methodsOf the methods that an operation serves
   * @param matches whether the pattern matches a request with these methods and this path, whichever operation serves it
   */
  constructor(
    private readonly operations: readonly T[],
    methodsOf: (operation: T) => readonly string[],
    private readonly matches: (pattern: string, methods: readonly string[], path: string) => boolean,
  ) {
    this.few = Math.max(4, Math.sqrt(operations.length));
    for (const operation of operations) {
      for (const segment of new Set(fixedSegments(operation.path))) {
        const known = this.having.get(segment);
        if (known) known.push(operation);
        else this.having.set(segment, [operation]);
      }
    }
    for (const operation of operations) this.add(operation, methodsOf(operation));
  }

  /** Whether the pattern may match a request of the operation. */
  public mayMatch(pattern: string, operation: T): boolean {
    const form = this.formOf(pattern);
    const group = this.groupOf.get(operation);
    if (!form || !group) return true;
    const rare = this.rareOf.get(operation);
    return form.rare.some((segment) => rare?.has(segment)) || this.isMatched(form.common, group);
  }

  /** The operations of which the pattern may match a request. */
  public *candidates(pattern: string): Iterable<T> {
    const form = this.formOf(pattern);
    if (!form) return yield* this.operations;
    for (const segment of form.rare) yield* this.having.get(segment) ?? [];
    for (const group of this.groups.values()) if (this.isMatched(form.common, group)) yield* group.operations;
  }

  private isMatched(common: string, group: OperationGroup<T>): boolean {
    const known = this.matched.get(common) ?? new Map<OperationGroup<T>, boolean>();
    this.matched.set(common, known);
    const answer = known.get(group) ?? this.matches(common, group.methods, group.path);
    known.set(group, answer);
    return answer;
  }

  /** Undefined for a pattern with a wildcard inside a segment, which any text may match. */
  private formOf(pattern: string): Form | undefined {
    if (this.forms.has(pattern)) return this.forms.get(pattern);
    const segments = pattern.split('/');
    const isPlain = segments.every((segment) => segment === '*' || segment === '?*' || !/[*?]/.test(segment));
    const form = isPlain ? this.plainForm(segments) : undefined;
    this.forms.set(pattern, form);
    return form;
  }

  private plainForm(segments: readonly string[]): Form {
    const rare = [...new Set(segments)].filter((segment) => this.isRare(segment));
    const isNamed = (segment: string) => !/^\??\*$/.test(segment) && !KEPT.includes(segment) && !this.isCommon(segment);
    return { rare, common: segments.map((segment) => (isNamed(segment) ? NAMED : segment)).join('/') };
  }

  private add(operation: T, methods: readonly string[]): void {
    const segments = operation.path.split('/').map((segment) => (this.isRare(segment) ? RARE : shape(segment)));
    const path = segments.join('/');
    const key = `${methods.join()} ${path}`;
    const group = this.groups.get(key) ?? { methods, path, operations: [] };
    this.groups.set(key, group);
    group.operations.push(operation);
    this.groupOf.set(operation, group);
    this.rareOf.set(operation, new Set(fixedSegments(operation.path).filter((segment) => this.isRare(segment))));
  }

  private isRare(segment: string): boolean {
    const count = this.having.get(segment)?.length ?? 0;
    return count > 0 && count <= this.few;
  }

  private isCommon(segment: string): boolean {
    return (this.having.get(segment)?.length ?? 0) > this.few;
  }
}

/** The forms of the method in a pattern, and of a trailing slash. */
const KEPT: readonly string[] = [...HTTP_METHODS, ''];

/** The root path has one that is empty, which is kept. */
function fixedSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
}

/** A variable, whatever its name. */
function shape(segment: string): string {
  if (!segment.startsWith('{')) return segment;
  return segment.endsWith('+}') ? '{+}' : '{}';
}
