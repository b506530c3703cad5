export const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

const words = (text: string): string[] => text.split(' ');

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html */
export const GLOBAL_SECTIONS = words(
  'Api CapacityProvider Function HttpApi LayerVersion SimpleTable StateMachine WebSocketApi',
);

/** What the sections of APIs take, which is less than their resources have. */
export const GLOBAL_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Api: words(
    'AccessLogSetting AlwaysDeploy Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize CanarySetting Cors ' +
      'DefinitionUri Domain EndpointAccessMode EndpointConfiguration GatewayResponses MergeDefinitions MethodSettings ' +
      'MinimumCompressionSize Name OpenApiVersion PropagateTags SecurityPolicy TracingEnabled Variables',
  ),
  HttpApi: words(
    'AccessLogSettings Auth CorsConfiguration DefaultRouteSettings Domain FailOnWarnings PropagateTags RouteSettings ' +
      'StageVariables Tags',
  ),
  WebSocketApi: words(
    'AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation ' +
      'Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings StageVariables Tags',
  ),
};
