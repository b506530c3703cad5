/** The parameters that integrations of HTTP APIs accept and reject; each with its source. */

/**
 * Required parameters of an action, by integration subtype.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export const REQUIRED_SERVICE_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'EventBridge-PutEvents': ['Detail', 'DetailType', 'Source'],
  'SQS-SendMessage': ['QueueUrl', 'MessageBody'],
  'SQS-ReceiveMessage': ['QueueUrl'],
  'SQS-DeleteMessage': ['QueueUrl', 'ReceiptHandle'],
  'SQS-PurgeQueue': ['QueueUrl'],
  'AppConfig-GetConfiguration': ['Application', 'Environment', 'Configuration', 'ClientId'],
  'Kinesis-PutRecord': ['StreamName', 'Data', 'PartitionKey'],
  'StepFunctions-StartExecution': ['StateMachineArn'],
  'StepFunctions-StartSyncExecution': ['StateMachineArn'],
  'StepFunctions-StopExecution': ['ExecutionArn'],
};

/**
 * Headers that a parameter mapping must not change.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
export const RESERVED_MAPPING_HEADERS =
  /^(access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|origin|proxy-(authenticate|authorization)|te|trailers|transfer-encoding|upgrade|x-amzn?-.*|x-forwarded-(for|host|proto)|via)$/i;

/**
 * Status codes of a response whose parameters can be mapped.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html
 */
export const MAPPED_STATUS = { min: 200, max: 599 } as const;

/**
 * The only expression that selects the routes of an HTTP API; API Gateway returns it without braces.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
 */
export const HTTP_ROUTE_SELECTIONS: readonly string[] = [
  '${request.method} ${request.path}',
  '$request.method $request.path',
];
