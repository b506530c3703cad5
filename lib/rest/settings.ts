import { type CorsDefinition } from '../shared/cors';
import { type RestApiKeySource, type RestEndpointType } from './endpoint';
import { type RestGatewayResponseOptions } from './gateway-response';

/** The settings of a REST API that are the same on every stage, every default filled in. */
export interface RestApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly endpointType: RestEndpointType;
  readonly securityPolicy: string;
  readonly endpointAccessMode?: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly apiKeySource?: RestApiKeySource;
  readonly cors?: CorsDefinition;
  readonly gatewayResponses: Readonly<Record<string, RestGatewayResponseOptions>>;
}
