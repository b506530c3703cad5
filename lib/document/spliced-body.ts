import { createHash } from 'node:crypto';
import { type CfnResource, type IPostProcessor, type IResolvable, type IResolveContext, Token } from 'aws-cdk-lib';
import { compactJoin } from '../template/reader/compact-join';
import { identities } from './identities';
import { merged } from './merged';
import { type Document, filled, type Skeleton, takeApart } from './skeleton';

/** A parsed document, with its derived values. */
interface TakenDocument extends Skeleton<Document> {
  readonly document: Document;
  /** The variant of the document, in addition to its content. */
  readonly variant?: unknown;
  /** Bytes of the document as JSON. */
  readonly size: number;
  /** Digest of the document without its references, and without `info`: a new name or description deploys nothing. */
  readonly fingerprint: string;
  /** Index of the value that becomes the tags, which deploy nothing either. */
  readonly tags?: number;
}

/**
 * An OpenAPI document as one token. CDK resolves every element of a template four times; here it sees only the distinct
 * references inside (so that cross-stack references are still found) and gets the finished document spliced around them.
 */
export class SplicedBody implements IResolvable {
  public readonly creationStack = [];
  private skeleton?: TakenDocument;
  private resource?: CfnResource;

  /**
   * @param produce returns the document, keys sorted; called again only after `invalidate()` and for another variant
   * @param variant other inputs of the document, which may change without notice
   */
  constructor(
    private readonly produce: () => Document,
    private readonly variant?: () => unknown,
  ) {}

  /** Names the resource that has the document as a property; its overrides are merged into it. */
  public belongsTo(resource: CfnResource): void {
    this.resource = resource;
  }

  /** Must be called when an input of the document has changed. */
  public invalidate(): void {
    this.skeleton = undefined;
  }

  /** Bytes of the document as JSON without white space; the values of references are not counted. */
  public get size(): number {
    return this.current.size;
  }

  /** All references of the document: the distinct tokens in it. */
  public get tokens(): readonly unknown[] {
    return this.current.values;
  }

  public resolve(context: IResolveContext): unknown {
    const { values } = this.current;
    context.registerPostProcessor(new Splice(this.current, this.resource));
    // Each in an object: CDK drops elements of a list that resolve to undefined, and the others would move up.
    return values.map((value) => ({ value }));
  }

  public toString(): string {
    return Token.asString(this);
  }

  /**
   * A digest of the whole document. A reference counts by stack and logical id of its target, not by the number
   * of its token or by the place of its use; a new Lambda version has a new logical id, and so counts as a change.
   */
  public digest(scope: CfnResource): string {
    return digestOf(this.current, scope);
  }

  /** The digest with overrides merged into the document. */
  public digestWith(overrides: unknown, scope: CfnResource): string {
    return digestOf(takeDocument(merged(this.current.document, overrides) as Document), scope);
  }

  private get current(): TakenDocument {
    const variant = this.variant?.();
    if (!this.skeleton || this.skeleton.variant !== variant) {
      this.skeleton = { ...takeDocument(this.produce()), variant };
    }
    return this.skeleton;
  }
}

function digestOf({ fingerprint, values, tags }: TakenDocument, scope: CfnResource): string {
  const counted = values.map((value, index) => (index === tags ? undefined : value));
  return createHash('sha256')
    .update(fingerprint)
    .update(JSON.stringify(identities(counted, scope)))
    .digest('hex');
}

class Splice implements IPostProcessor {
  constructor(
    private readonly skeleton: Skeleton<Document>,
    private readonly resource: CfnResource | undefined,
  ) {}

  public postProcess(input: unknown): unknown {
    const resolved = (input as { readonly value?: unknown }[]).map(({ value }) => compactJoin(value));
    const root = filled(this.skeleton, resolved);
    // An override is merged into the returned object; it must not reach the skeleton, nor a value shared by two routes.
    return overridesBody(this.resource) ? unshared(root) : finished(root);
  }
}

/**
 * Spares the document the last of those walks, when CDK resolves the template that it has assembled: a non-enumerable
 * method makes it a token, which resolves to the document itself. For all other code it is plain data.
 */
function finished(document: Document): Document {
  return Object.defineProperty(document, 'resolve', {
    configurable: true,
    value: (context: IResolveContext) => context.registerPostProcessor({ postProcess: () => document }),
  });
}

/** The finished document with other values at its root; undefined ones are removed. */
export function amended(document: Document, changes: Document): Document {
  const copy = { ...document };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete copy[key];
    else copy[key] = value;
  }
  return Object.hasOwn(document, 'resolve') ? finished(copy) : copy;
}

/** A copy in which no two places are the same object. */
function unshared(document: Document): Document {
  return JSON.parse(JSON.stringify(document)) as Document;
}

/** Whether `addPropertyOverride` and the like were used on the resource; true if that is unknown. */
function overridesBody(resource: CfnResource | undefined): boolean {
  return !resource || Object.keys(rawOverrides(resource)).length > 0;
}

/** The overrides that a user has set on an L1, as CDK will merge them. */
export function rawOverrides(scope: unknown): Document {
  return (scope as { rawOverrides?: Document }).rawOverrides ?? {};
}

function takeDocument(document: Document): TakenDocument {
  const skeleton = takeApart(document);
  const json = JSON.stringify({ ...skeleton.root, info: undefined });
  const fingerprint = createHash('sha256').update(json).digest('hex');
  const tags = skeleton.holes.find(({ parent, key }) => parent === skeleton.root && key === 'tags')?.value;
  return { ...skeleton, document, size: Buffer.byteLength(json), fingerprint, tags };
}
