/**
 * Properties whose change makes CloudFormation create another resource and delete the one before ("Update requires:
 * Replacement"), of the types that callers of an API depend on.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html
 */
export const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': [],
  'AWS::ApiGateway::Stage': ['StageName', 'RestApiId'],
  'AWS::ApiGateway::ApiKey': ['Value', 'GenerateDistinctId', 'Name'],
  'AWS::ApiGateway::UsagePlan': [],
  'AWS::ApiGateway::UsagePlanKey': ['KeyType', 'UsagePlanId', 'KeyId'],
  'AWS::ApiGateway::ClientCertificate': [],
  'AWS::ApiGateway::DomainName': ['DomainName'],
  'AWS::ApiGateway::DomainNameV2': ['DomainName', 'EndpointConfiguration', 'SecurityPolicy'],
  'AWS::ApiGateway::BasePathMapping': ['DomainName', 'BasePath'],
  'AWS::ApiGateway::BasePathMappingV2': ['BasePath', 'DomainNameArn'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::Stage': ['StageName', 'ApiId'],
  'AWS::ApiGatewayV2::DomainName': ['DomainName'],
  'AWS::ApiGatewayV2::ApiMapping': ['DomainName'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::CertificateManager::Certificate': [
    'CertificateAuthorityArn',
    'CertificateExport',
    'DomainName',
    'DomainValidationOptions',
    'KeyAlgorithm',
    'SubjectAlternativeNames',
    'ValidationMethod',
  ],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Route53::RecordSet': ['HostedZoneId', 'HostedZoneName', 'Name'],
  'AWS::WAFv2::WebACL': ['Scope', 'Name'],
  'AWS::WAFv2::WebACLAssociation': ['ResourceArn', 'WebACLArn'],
};

/** What CloudFormation creates of an API piece by piece, if the API has no document. */
export const API_PARTS: Readonly<Record<'rest' | 'v2', readonly string[]>> = {
  rest: ['Resource', 'Method', 'Authorizer', 'Model', 'RequestValidator', 'GatewayResponse', 'DocumentationPart'].map(
    (name) => `AWS::ApiGateway::${name}`,
  ),
  v2: ['Route', 'Integration', 'Authorizer', 'Model'].map((name) => `AWS::ApiGatewayV2::${name}`),
};
