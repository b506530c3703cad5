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
import { type Document, filled, type Skeleton, takeApart } from './skeleton';

/** A document taken apart, with what is asked of it. */
interface TakenDocument extends Skeleton<Document> {
  /** Bytes of the document as JSON. */
  readonly size: number;
  /** Digest of the document without its references, and without `info`: a new name or description deploys nothing. */
  readonly fingerprint: string;
}

/**
 * An OpenAPI document as one token. CDK resolves every element of a template four times; here it sees only the distinct
 * references inside (so that cross-stack references are still found) and gets the finished document spliced around them.
 */
export class SplicedBody implements IResolvable {
  public readonly creationStack = [];
  private skeleton?: TakenDocument;
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

  /** All that the document refers to: the distinct tokens in it. */
  public get tokens(): readonly unknown[] {
    return this.current.values;
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

  private get current(): TakenDocument {
    return (this.skeleton ??= takeDocument(this.produce()));
  }
}

class Splice implements IPostProcessor {
  constructor(
    private readonly skeleton: Skeleton<Document>,
    private readonly resource: CfnResource | undefined,
  ) {}

  public postProcess(input: unknown): unknown {
    const resolved = (input as { readonly value?: unknown }[]).map(({ value }) => compactJoin(value));
    const root = filled(this.skeleton, resolved);
    // An override is merged into what is returned here; it must not reach the skeleton, nor a value shared by two routes.
    return overridesBody(this.resource) ? unshared(root) : finished(root);
  }
}

/**
 * Spares the document the last of those walks, when CDK resolves the template that it has put together: a method that no
 * enumeration shows makes it a token, which comes to the document as it is. To everybody else it is plain data.
 */
function finished(document: Document): Document {
  return Object.defineProperty(document, 'resolve', {
    configurable: true,
    value: (context: IResolveContext) => context.registerPostProcessor({ postProcess: () => document }),
  });
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

function takeDocument(document: Document): TakenDocument {
  const skeleton = takeApart(document);
  const json = JSON.stringify({ ...skeleton.root, info: undefined });
  const fingerprint = createHash('sha256').update(json).digest('hex');
  return { ...skeleton, size: Buffer.byteLength(json), fingerprint };
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
