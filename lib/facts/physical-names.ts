/**
 * How CloudFormation names resources of a type. In the patterns, `{name}` is the physical name, `{id}` the logical id, `{path}` the
 * path of an identity, `{ref}` what `Ref` comes to and `{arn}` the ARN; the others are of the stack.
 */
export interface PhysicalForm {
  /** The property with the name; without a value the name is the logical id. */
  readonly name?: string;
  /** Whether names have no capital letters. */
  readonly isLower?: boolean;
  /** What `Ref` comes to, if not the name. */
  readonly ref?: string;
  readonly arn?: string;
  /** Other attributes, and those that stand for a property: `=Value`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const arn = (service: string, resource: string): string => `arn:{partition}:${service}:{region}:{account}:${resource}`;

const TABLE: PhysicalForm = {
  name: 'TableName',
  arn: arn('dynamodb', 'table/{name}'),
  attributes: { StreamArn: '{arn}/stream/2000-01-01T00:00:00.000' },
};

/**
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const PHYSICAL_FORMS: Readonly<Record<string, PhysicalForm>> = {
  'AWS::ApiGateway::ApiKey': { attributes: { APIKeyId: '{ref}' } },
  'AWS::ApiGateway::DomainName': { ref: '{name}', name: 'DomainName' },
  'AWS::ApiGateway::Model': { name: 'Name' },
  'AWS::ApiGateway::RestApi': { attributes: { RestApiId: '{ref}', RootResourceId: 'root' } },
  'AWS::ApiGateway::Stage': { name: 'StageName' },
  'AWS::ApiGatewayV2::Api': {
    attributes: { ApiId: '{ref}', ApiEndpoint: 'https://{ref}.execute-api.{region}.{suffix}' },
  },
  'AWS::ApiGatewayV2::DomainName': { name: 'DomainName' },
  'AWS::ApiGatewayV2::Stage': { name: 'StageName' },
  'AWS::Cognito::UserPool': {
    ref: '{region}_{id}',
    arn: arn('cognito-idp', 'userpool/{ref}'),
    attributes: {
      UserPoolId: '{ref}',
      ProviderName: 'cognito-idp.{region}.{suffix}/{ref}',
      ProviderURL: 'https://cognito-idp.{region}.{suffix}/{ref}',
    },
  },
  'AWS::Cognito::UserPoolClient': { attributes: { ClientId: '{ref}', Name: '=ClientName' } },
  'AWS::Cognito::UserPoolDomain': { name: 'Domain' },
  'AWS::Cognito::UserPoolResourceServer': { name: 'Identifier' },
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::EC2::Subnet': { attributes: { CidrBlock: '=CidrBlock', SubnetId: '{ref}' } },
  'AWS::EC2::VPC': { attributes: { CidrBlock: '=CidrBlock', VpcId: '{ref}' } },
  'AWS::Events::EventBus': { name: 'Name', arn: arn('events', 'event-bus/{name}'), attributes: { Name: '{name}' } },
  'AWS::Events::Rule': { name: 'Name', arn: arn('events', 'rule/{name}') },
  'AWS::IAM::Role': { name: 'RoleName', arn: 'arn:{partition}:iam::{account}:role{path}{name}' },
  'AWS::IAM::User': { name: 'UserName', arn: 'arn:{partition}:iam::{account}:user{path}{name}' },
  'AWS::KMS::Alias': { name: 'AliasName' },
  'AWS::KMS::Key': { arn: arn('kms', 'key/{name}'), attributes: { KeyId: '{ref}' } },
  'AWS::Kinesis::Stream': { name: 'Name', arn: arn('kinesis', 'stream/{name}') },
  'AWS::KinesisFirehose::DeliveryStream': {
    name: 'DeliveryStreamName',
    arn: arn('firehose', 'deliverystream/{name}'),
  },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: arn('lambda', 'function:{name}') },
  'AWS::Lambda::LayerVersion': {
    name: 'LayerName',
    ref: arn('lambda', 'layer:{name}:1'),
    attributes: { LayerVersionArn: '{ref}' },
  },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: arn('logs', 'log-group:{name}:*') },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    isLower: true,
    arn: 'arn:{partition}:s3:::{name}',
    attributes: { DomainName: '{name}.s3.{suffix}', RegionalDomainName: '{name}.s3.{region}.{suffix}' },
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    ref: arn('sns', '{name}'),
    attributes: { TopicArn: '{ref}', TopicName: '{name}' },
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    ref: 'https://sqs.{region}.{suffix}/{account}/{name}',
    arn: arn('sqs', '{name}'),
    attributes: { QueueName: '{name}', QueueUrl: '{ref}' },
  },
  'AWS::SSM::Parameter': { name: 'Name', attributes: { Type: '=Type', Value: '=Value' } },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    ref: arn('secretsmanager', 'secret:{name}-AbCdEf'),
    attributes: { Id: '{ref}' },
  },
  'AWS::ServiceDiscovery::Service': { name: 'Name', arn: arn('servicediscovery', 'service/{ref}') },
  'AWS::Serverless::SimpleTable': TABLE,
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    ref: arn('states', 'stateMachine:{name}'),
    arn: '{ref}',
    attributes: { Name: '{name}' },
  },
};
