import { type RestApi } from '../model/model';
import { UNKNOWN } from '../model/value';

/** What the templates say of the API itself, and of its document. */
export type RestSettings = Omit<
  RestApi,
  | 'kind'
  | 'location'
  | 'form'
  | 'shared'
  | 'complete'
  | 'reference'
  | 'imported'
  | 'methods'
  | 'authorizers'
  | 'models'
  | 'validators'
  | 'gatewayResponses'
  | 'deployments'
  | 'deployedParts'
  | 'stages'
  | 'pathResources'
  | 'securityGaps'
  | 'extraStage'
  | 'rootSecurity'
  | 'openApiVersion'
  | 'ofOtherKinds'
  | 'bodyBytes'
  | 'resolvedPolicy'
  | 'documentBasePath'
  | 'bodyConflicts'
>;

/** Of an API that is not in the templates. */
export const UNKNOWN_SETTINGS: RestSettings = {
  name: UNKNOWN,
  description: UNKNOWN,
  endpointTypes: UNKNOWN,
  ipAddressType: UNKNOWN,
  vpcEndpointIds: UNKNOWN,
  apiKeySource: UNKNOWN,
  binaryMediaTypes: UNKNOWN,
  minimumCompressionSize: UNKNOWN,
  disableExecuteApiEndpoint: UNKNOWN,
  securityPolicy: UNKNOWN,
  endpointAccessMode: UNKNOWN,
  failOnWarnings: UNKNOWN,
  mode: UNKNOWN,
  basePath: UNKNOWN,
};
