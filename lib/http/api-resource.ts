import { Lazy } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { isDocument } from '../document/document-settings';
import { FinalProperties } from '../document/final-properties';
import { type Document } from '../document/skeleton';
import { PropertyOverrides } from '../document/property-overrides';
import { type SplicedBody } from '../document/spliced-body';
import { type DefinitionAsset } from '../gateway/definition-asset';
import { followed, IN_DOCUMENT } from './document-changes';

/**
 * The resource of the API. Its document has everything: CloudFormation rejects name, CORS, tags etc. next to one ("Redundant
 * fields"), so a value that is set on such a property in any way, at any time, goes into the document instead.
 */
export class HttpApiResource extends CfnApi {
  public readonly finalProperties: FinalProperties;
  /** Overrides of values in the document. */
  private readonly moved: PropertyOverrides;

  /** @param said values in the document, by the names of the L1 */
  constructor(
    scope: Construct,
    body: SplicedBody,
    said: () => Document,
    private readonly asset?: DefinitionAsset,
  ) {
    const bodyS3Location = asset?.location;
    super(scope, 'Resource', { body, bodyS3Location, failOnWarnings: true });
    this.moved = new PropertyOverrides(asset ? [...IN_DOCUMENT, 'Body'] : IN_DOCUMENT);
    this.finalProperties = new FinalProperties(this, {
      own: () => ({ ...said(), ...(asset && { bodyS3Location }), failOnWarnings: true }),
      written: (own) => ({ ...own, ...definedOf(this.cfnProperties) }),
      render: (properties) => super.renderProperties(properties),
      moreOverrides: () => this.moved.all,
    });
    body.belongsTo(this);
    asset?.belongsTo(this, (document, changed) => followed(document as Document, changed));
  }

  /** The tags as written in the document; known when all of the app's tags are set. */
  public get documentTags(): unknown {
    return Lazy.uncachedAny(
      {
        produce: () =>
          Object.entries(this.tags.tagValues())
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, value]) => ({ name, 'x-amazon-apigateway-tag-value': value })),
      },
      { omitEmptyArray: true },
    );
  }

  public override addOverride(path: string, value: unknown): void {
    const left = this.moved.take(path, value);
    if (left !== undefined) super.addOverride(path, left.value);
  }

  protected override get cfnProperties(): Record<string, unknown> {
    return { ...super.cfnProperties, tags: undefined, ...(this.asset && { body: undefined }) };
  }

  protected override renderProperties(properties: Document): Document {
    const rendered = super.renderProperties(properties);
    const { changed } = this.finalProperties;
    const beside = Object.entries(rendered).filter(([name, value]) => !isInDocument(name, value));
    if (this.asset) return Object.fromEntries(beside);
    if (!isDocument(rendered.Body)) {
      // A definition that cannot be changed: values set next to it are kept, for CloudFormation to reject.
      return { ...rendered, ...Object.fromEntries(changed), Body: rendered.Body };
    }
    return { ...Object.fromEntries(beside), Body: followed(rendered.Body, changed) };
  }
}

/** A protocol other than the one of a definition must not be lost. */
function isInDocument(name: string, value: unknown): boolean {
  return name === 'ProtocolType' ? value === 'HTTP' : IN_DOCUMENT.includes(name);
}

function definedOf(properties: Document): Document {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
