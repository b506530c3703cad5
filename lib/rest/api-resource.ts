import { Lazy } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { SplicedBody } from '../shared/spliced-body';
import { RestEndpointType } from './endpoint';
import { type PolicyContext, resourcePolicy } from './resource-policy';
import { type RestApiSettings } from './settings';

/** The resource of the API. */
export function createApi(
  scope: Construct,
  settings: RestApiSettings,
  body: SplicedBody,
  definition: () => PolicyContext,
): CfnRestApi {
  const { endpointType, ipAddressType, vpcEndpointIds, binaryMediaTypes } = settings;
  const api = new CfnRestApi(scope, 'Resource', {
    name: settings.name,
    description: settings.description,
    endpointConfiguration: {
      types: [endpointType],
      ipAddressType,
      vpcEndpointIds: vpcEndpointIds.length > 0 ? [...vpcEndpointIds] : undefined,
    },
    // Without it an import is of an edge-optimized API at first, which takes no VPC endpoints.
    parameters: endpointType === RestEndpointType.PRIVATE ? { endpointConfigurationTypes: endpointType } : undefined,
    securityPolicy: settings.securityPolicy,
    endpointAccessMode: settings.endpointAccessMode,
    disableExecuteApiEndpoint: Lazy.any({ produce: () => settings.defaultEndpoint.isOff }),
    binaryMediaTypes: binaryMediaTypes.length > 0 ? [...binaryMediaTypes] : undefined,
    minimumCompressionSize: settings.minimumCompressionSize,
    apiKeySourceType: settings.apiKeySource,
    // Also in the document, where `cdk diff` does not look for changes of permissions.
    policy:
      settings.access.length > 0
        ? Lazy.uncachedAny({ produce: () => new SplicedBody(() => resourcePolicy(definition()) ?? {}) })
        : undefined,
    body,
    failOnWarnings: true,
    // What is no longer in the document is no longer in the API.
    mode: 'overwrite',
  });
  body.belongsTo(api);
  return api;
}
