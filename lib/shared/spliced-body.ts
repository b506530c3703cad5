import { createHash } from 'node:crypto';
import {
  CfnElement,
  type CfnResource,
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  type IPostProcessor,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import { compactJoin } from './compact-join';

/** A JSON document in which strings may be, or hold, tokens. */
export type Document = { [key: string]: unknown };

interface Hole {
  readonly parent: { [key: string]: unknown };
  readonly key: string;
  /** Index into the distinct values. */
  readonly value: number;
}

/** A document taken apart: the finished object, and the few places in it that only CDK can fill. */
interface Skeleton {
  readonly root: Document;
  /** Bytes of the document as JSON. */
  readonly size: number;
  /** Digest of the document without its references, and without `info`: a new name or description deploys nothing. */
  readonly fingerprint: string;
  readonly holes: readonly Hole[];
  readonly values: readonly unknown[];
}

/**
 * An OpenAPI document as one token. CDK resolves every element of a template four times; here it sees only the distinct
 * references inside (so that cross-stack references are still found) and gets the finished document spliced around them.
 */
export class SplicedBody implements IResolvable {
  public readonly creationStack = [];
  private skeleton?: Skeleton;
  private resource?: CfnResource;

  /** @param produce the document, keys sorted; called again after `invalidate()` only */
  constructor(private readonly produce: () => Document) {}

  /** Names the resource that the document is a property of, whose overrides are merged into it. */
  public belongsTo(resource: CfnResource): void {
    this.resource = resource;
  }

  /** To be called when what the document is made of has changed. */
  public invalidate(): void {
    this.skeleton = undefined;
  }

  /** Bytes of the document as JSON without white space; what a reference becomes is not counted. */
  public get size(): number {
    return this.current.size;
  }

  public resolve(context: IResolveContext): unknown {
    const { values } = this.current;
    context.registerPostProcessor(new Splice(this.current, this.resource));
    // Each in an object: of a list, CDK drops what resolves to nothing, and the others would move up.
    return values.map((value) => ({ value }));
  }

  public toString(): string {
    return Token.asString(this);
  }

  /**
   * A digest of all that the document says. A reference counts by stack and logical id of its target, not by the number
   * of its token or by the place it is seen from; a new Lambda version has a new logical id, and so counts as a change.
   */
  public digest(scope: CfnResource): string {
    const { fingerprint, values } = this.current;
    return createHash('sha256')
      .update(fingerprint)
      .update(JSON.stringify(identities(values, scope)))
      .digest('hex');
  }

  private get current(): Skeleton {
    return (this.skeleton ??= takeApart(this.produce()));
  }
}

class Splice implements IPostProcessor {
  constructor(
    private readonly skeleton: Skeleton,
    private readonly resource: CfnResource | undefined,
  ) {}

  public postProcess(input: unknown): unknown {
    const resolved = (input as { readonly value?: unknown }[]).map(({ value }) => compactJoin(value));
    for (const hole of this.skeleton.holes) hole.parent[hole.key] = resolved[hole.value];
    // An override is merged into what is returned here; it must not reach the skeleton, nor a value shared by two routes.
    return overridesBody(this.resource) ? unshared(this.skeleton.root) : this.skeleton.root;
  }
}

/** A copy in which no two places are the same object. */
function unshared(document: Document): Document {
  return JSON.parse(JSON.stringify(document)) as Document;
}

/** Whether `addPropertyOverride` and the like were used on the resource; to be on the safe side where it is not known. */
function overridesBody(resource: CfnResource | undefined): boolean {
  return !resource || Object.keys(rawOverrides(resource)).length > 0;
}

/** The overrides that a user has put on an L1, as CDK will merge them. */
export function rawOverrides(scope: unknown): Document {
  return (scope as { rawOverrides?: Document }).rawOverrides ?? {};
}

/**
 * Copies what leads to a token, and shares the rest: most of a document is the user's own schemas and settings, which
 * nothing writes to.
 */
function takeApart(document: Document): Skeleton {
  const holes: Hole[] = [];
  const values: unknown[] = [];
  const seen = new Map<unknown, number>();

  const indexOf = (value: unknown): number => {
    let index = seen.get(value);
    if (index === undefined) {
      index = values.push(value) - 1;
      seen.set(value, index);
    }
    return index;
  };

  /** What may stand in several places is frozen: it is taken apart once, and its copy shared again. */
  const known = new Map<object, unknown>();

  /** The value itself where it holds no token; else a copy with its holes. */
  const split = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const shared = Object.isFrozen(value);
    if (shared && known.has(value)) return known.get(value);
    const copy = Array.isArray(value) ? splitInto([], value) : splitInto({}, value);
    if (shared) known.set(value, copy);
    return copy;
  };

  /** Fills an empty object with the parts of the value; gives the value back where it holds no token. */
  const splitInto = (copy: object, value: object): unknown => {
    const target = copy as Document;
    let differs = false;
    for (const key of Object.keys(value)) {
      const item = (value as Document)[key];
      if (isToken(item)) {
        differs = true;
        // What the hash sees in the place of a token; never in a template.
        target[key] = { hole: indexOf(item) };
        holes.push({ parent: target, key, value: indexOf(item) });
      } else {
        const part = split(item);
        if (part !== item) differs = true;
        target[key] = part;
      }
    }
    return differs ? copy : value;
  };

  const root = split(document) as Document;
  const json = JSON.stringify({ ...root, info: undefined });
  const fingerprint = createHash('sha256').update(json).digest('hex');
  return { root, size: Buffer.byteLength(json), fingerprint, holes, values };
}

function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return mayHoldToken(value) && Token.isUnresolved(value);
    case 'number':
      return Math.abs(value) > LARGEST_PLAIN_NUMBER && Token.isUnresolved(value);
    case 'object':
      if (value === null) return false;
      return Array.isArray(value) ? value.some(mayHoldToken) && Token.isUnresolved(value) : isResolvable(value);
    default:
      return false;
  }
}

/** CDK writes number tokens as numbers that nobody else does; asking it about every string and number is slow. */
const LARGEST_PLAIN_NUMBER = 1e287;

function mayHoldToken(value: unknown): boolean {
  return typeof value === 'string' && value.includes('Token[');
}

function isResolvable(value: object): boolean {
  return typeof (value as Partial<IResolvable>).resolve === 'function';
}

/** A value with each reference as stack and logical id of its target, wherever it is seen from. */
export function identities(value: unknown, scope: CfnResource): unknown {
  return Tokenization.resolve(value, { scope, resolver: new IdentityResolver(), preparing: false });
}

/** Resolves references to the identity of their target instead of to an intrinsic. */
class IdentityResolver extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) {
      const stack = Stack.of(token.target);
      return `${stack.node.path}/${String(stack.resolve(token.target.logicalId))}.${token.displayName}`;
    }
    return super.resolveToken(token, context, postProcessor);
  }

  public override resolveString(...[fragments, context]: Parameters<DefaultTokenResolver['resolveString']>): unknown {
    return fragments
      .mapTokens({
        mapToken: (token) => JSON.stringify(context.resolve(token)) as unknown as IResolvable,
      })
      .join({ join: (left: unknown, right: unknown) => `${String(left ?? '')}${String(right ?? '')}` });
  }
}
