import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnRestApi, type CfnRestApiProps } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { FinalProperties } from '../document/final-properties';
import { PropertyOverrides } from '../document/property-overrides';
import { type Document } from '../document/skeleton';
import { SplicedBody } from '../document/spliced-body';
import { type DefinitionAsset } from '../gateway/definition-asset';
import { followed } from './document-changes';
import { RestEndpointType } from './endpoint';
import { type PolicyContext, resourcePolicy } from './resource-policy';
import { type RestApiSettings } from './settings';

/** Shared by all, since a new token would make a different document. */
const UNKNOWN = Lazy.string({ produce: () => undefined });

/**
 * The resource of the API. Properties and document agree: a property that is set in any way, at any time, is in the document as
 * well, since an overwriting import resets what the document omits.
 */
export class RestApiResource extends CfnRestApi {
  public readonly finalProperties: FinalProperties;
  /** Overrides of the document, if it is not in the template. */
  private readonly moved: PropertyOverrides;

  constructor(
    scope: Construct,
    settings: RestApiSettings,
    body: SplicedBody,
    definition: () => PolicyContext,
    private readonly asset?: DefinitionAsset,
  ) {
    super(scope, 'Resource', { ...propertiesOf(settings, body, definition), bodyS3Location: asset?.location });
    this.moved = new PropertyOverrides(asset ? ['Body'] : []);
    this.finalProperties = new FinalProperties(this, {
      written: () => this.cfnProperties,
      render: (properties) => super.renderProperties(properties),
      moreOverrides: () => this.moved.all,
    });
    body.belongsTo(this);
    asset?.belongsTo(this, followed);
  }

  public override addOverride(path: string, value: unknown): void {
    const left = this.moved.take(path, value);
    if (left !== undefined) super.addOverride(path, left.value);
  }

  /** The final binary media types; a token for one that is known only at deployment. */
  public get binaryTypes(): readonly string[] {
    const { changed } = this.finalProperties;
    const types: unknown = changed.has('BinaryMediaTypes')
      ? changed.get('BinaryMediaTypes')
      : Stack.of(this).resolve(this.binaryMediaTypes);
    if (types === undefined || types === null) return [];
    return Array.isArray(types) ? types.map((type) => (typeof type === 'string' ? type : UNKNOWN)) : [UNKNOWN];
  }

  protected override get cfnProperties(): Record<string, unknown> {
    const properties = super.cfnProperties;
    return this.asset ? { ...properties, body: undefined } : properties;
  }

  protected override renderProperties(properties: Document): Document {
    const rendered = super.renderProperties(properties);
    if (this.asset) return rendered;
    const { changed } = this.finalProperties;
    return changed.size > 0 ? { ...rendered, Body: followed(rendered.Body, changed) } : rendered;
  }
}

function propertiesOf(settings: RestApiSettings, body: SplicedBody, definition: () => PolicyContext): CfnRestApiProps {
  const { endpointType, ipAddressType, vpcEndpointIds, binaryMediaTypes } = settings;
  return {
    name: settings.name,
    description: settings.description,
    endpointConfiguration: {
      types: [endpointType],
      ipAddressType,
      vpcEndpointIds: vpcEndpointIds.length > 0 ? [...vpcEndpointIds] : undefined,
    },
    // Without it an import starts as an edge-optimized API, which accepts no VPC endpoints.
    parameters: endpointType === RestEndpointType.PRIVATE ? { endpointConfigurationTypes: endpointType } : undefined,
    securityPolicy: settings.securityPolicy,
    endpointAccessMode: settings.endpointAccessMode,
    disableExecuteApiEndpoint: Lazy.any({ produce: () => settings.defaultEndpoint.isOff }),
    binaryMediaTypes: binaryMediaTypes.length > 0 ? [...binaryMediaTypes] : undefined,
    minimumCompressionSize: settings.minimumCompressionSize,
    apiKeySourceType: settings.apiKeySource,
    // Also in the document, where `cdk diff` does not look for changed permissions.
    policy:
      settings.access.length > 0
        ? Lazy.uncachedAny({ produce: () => new SplicedBody(() => resourcePolicy(definition()) ?? {}) })
        : undefined,
    body,
    failOnWarnings: true,
    // Parts that leave the document leave the API.
    mode: 'overwrite',
  };
}
