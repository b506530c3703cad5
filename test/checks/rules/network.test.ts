import { breaks, type Draft, keeps, type Json } from '../support';

const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };

const endpoint = (type: unknown) => (draft: Draft) => draft.set('Api', { EndpointConfiguration: { Types: [type] } });
const withEndpoint = (more: object) => (draft: Draft) =>
  draft.set('Api', {
    EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'], ...more },
    Policy: {
      Statement: [ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    },
  });
const makePrivate = withEndpoint({});
const noWaf = (draft: Draft): void => {
  delete (draft.resources as Partial<Json>).Waf;
};
const associate = (arn: unknown) => (draft: Draft) => draft.set('Waf', { ResourceArn: arn });

breaks('REST-TLS1', 'no policy', { both: (draft) => draft.unset('Api', 'SecurityPolicy') });
breaks('REST-TLS1', 'TLS 1.0', { both: (draft) => draft.set('Api', { SecurityPolicy: 'TLS_1_0' }) });
keeps('REST-TLS1', 'a private API', {
  both: (draft) => {
    draft.unset('Api', 'SecurityPolicy');
    makePrivate(draft);
  },
});
keeps('REST-TLS1', 'an endpoint that is off', {
  also: ['DOM17'],
  both: (draft) => {
    draft.unset('Api', 'SecurityPolicy');
    draft.set('Api', { DisableExecuteApiEndpoint: true });
  },
});
keeps('REST-TLS1', 'TLS 1.3', {
  both: (draft) =>
    draft.set('Api', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }),
});

breaks('DOM3', 'an enhanced policy without access mode', {
  both: (draft) => {
    draft.unset('Api', 'EndpointAccessMode');
    draft.set('Api', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' });
  },
});
breaks('DOM3', 'an access mode with a legacy policy', {
  both: (draft) => draft.set('Api', { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: 'STRICT' }),
});
keeps('DOM3', 'a legacy policy alone', {
  both: (draft) => {
    draft.unset('Api', 'EndpointAccessMode');
    draft.set('Api', { SecurityPolicy: 'TLS_1_2' });
  },
});
keeps('DOM3', 'a policy that is not known', {
  both: (draft) => draft.set('Api', { SecurityPolicy: { 'Fn::ImportValue': 'policy' }, EndpointAccessMode: 'STRICT' }),
});

breaks('REST-WAF1', 'a stage without web ACL', { both: noWaf });
breaks('REST-WAF1', 'a web ACL for another stage', {
  both: associate({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/dev' }),
});
breaks('REST-WAF1', 'a web ACL for a load balancer', {
  both: associate('arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/b'),
});
keeps('REST-WAF1', 'the stage by its name', {
  both: associate({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' }),
});
keeps('REST-WAF1', 'an association that cannot be told', { both: associate({ 'Fn::ImportValue': 'arn' }) });
keeps('REST-WAF1', 'a private API', {
  both: (draft) => {
    noWaf(draft);
    makePrivate(draft);
  },
});

const noPolicy = (draft: Draft): void => draft.unset('Api', 'Policy');
const policy =
  (...statements: unknown[]) =>
  (draft: Draft) => {
    makePrivate(draft);
    draft.set('Api', { Policy: { Version: '2012-10-17', Statement: statements } });
  };
const inBody = (draft: Draft): void => {
  makePrivate(draft);
  const { Policy } = draft.props('Api');
  noPolicy(draft);
  Object.assign(draft.body, { 'x-amazon-apigateway-policy': Policy });
};

breaks('REST-NET1', 'a private API without a policy', {
  both: (draft) => {
    makePrivate(draft);
    noPolicy(draft);
  },
});
keeps('REST-NET1', 'a policy in the Body', { body: inBody });
keeps('REST-NET1', 'a Body that is elsewhere', {
  resources: (draft) => {
    makePrivate(draft);
    noPolicy(draft);
    draft.set('Api', { BodyS3Location: { Bucket: 'b', Key: 'k' } });
  },
});
keeps('REST-NET1', 'a type that cannot be told', { both: endpoint({ 'Fn::ImportValue': 'type' }) });

breaks('REST-NET2', 'a policy without a network', { both: policy(ALLOW) });
breaks('REST-NET2', 'a denial of something else', {
  both: policy(ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
});
breaks('REST-NET2', 'AWS principals of any account', { both: policy({ ...ALLOW, Principal: { AWS: ['*'] } }) });
keeps('REST-NET2', 'a denial from other VPCs', {
  both: policy(ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
});
keeps('REST-NET2', 'an allowance for one endpoint', {
  both: policy({ ...ALLOW, Condition: { StringEquals: { 'AWS:sourceVpce': { Ref: 'Endpoint' } } } }),
});
keeps('REST-NET2', 'principals by name', { both: policy({ ...ALLOW, Principal: { AWS: '123456789012' } }) });
keeps('REST-NET2', 'a statement that cannot be told', {
  both: policy(ALLOW, { 'Fn::If': ['Fenced', ALLOW, { Ref: 'AWS::NoValue' }] }),
});

breaks('REST-NET3', 'VPC endpoints on a Regional API', {
  both: (draft) => draft.set('Api', { EndpointConfiguration: { Types: ['REGIONAL'], VpcEndpointIds: ['vpce-1'] } }),
});
breaks('REST-NET3', 'VPC endpoints of the template on an edge-optimized API', {
  both: (draft) =>
    draft.set('Api', { EndpointConfiguration: { Types: ['EDGE'], VpcEndpointIds: [{ Ref: 'Endpoint' }, 'vpce-2'] } }),
});
keeps('REST-NET3', 'VPC endpoints that cannot be told', {
  both: (draft) => draft.set('Api', { EndpointConfiguration: { Types: ['REGIONAL'], VpcEndpointIds: { Ref: 'Ids' } } }),
});

breaks('REST-NET4', 'a private API for IPv4', { both: withEndpoint({ IpAddressType: 'ipv4' }) });
keeps('REST-NET4', 'a dual-stack private API', { both: withEndpoint({ IpAddressType: 'dualstack' }) });
keeps('REST-NET4', 'IPv4 on a Regional API', {
  both: (draft) => draft.set('Api', { EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'ipv4' } }),
});

breaks('REST-NET5', 'a private API without endpoints', { both: withEndpoint({ VpcEndpointIds: [] }) });
keeps('REST-NET5', 'endpoints that cannot be told', { both: withEndpoint({ VpcEndpointIds: { Ref: 'Ids' } }) });

const longList = Array.from({ length: 500 }, (_, index) => `203.0.${index % 256}.0/24`);
const addresses = (list: unknown[]) => ({
  ...ALLOW,
  Condition: { IpAddress: { 'aws:SourceIp': list }, StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
});
breaks('REST-AUTH29', 'a long policy', { both: policy(addresses(longList)) });
keeps('REST-AUTH29', 'a long policy of references', {
  both: policy(
    addresses(longList.map((address) => ({ 'Fn::ImportValue': `a-long-name-of-an-export-for-${address}` }))),
  ),
});
keeps('REST-AUTH29', 'a policy of just the length', {
  both: (draft) => {
    const room = (size: number) => ({ ...addresses(['203.0.113.0/24']), Sid: 'x'.repeat(size) });
    policy(room(0))(draft);
    const used = JSON.stringify(draft.props('Api').Policy).length;
    policy(room(8192 - used))(draft);
  },
});

describe('certificates', () => {
  const http = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://example.com/orders' };
  const certificate = (draft: Draft): void => draft.set('Stage', { ClientCertificateId: 'abc123' });
  breaks('REST-SSL1', 'an HTTP back end that cannot tell', {
    resources: (draft) => Object.assign(draft.integration, http),
  });
  keeps('REST-SSL1', 'functions alone', { resources: () => undefined });
  keeps('REST-SSL1', 'a back end inside of a VPC', {
    resources: (draft) =>
      Object.assign(draft.integration, { ...http, ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' }),
  });
  keeps('REST-SSL1', 'a certificate', {
    resources: (draft) => {
      Object.assign(draft.integration, http);
      certificate(draft);
    },
  });
  breaks('REST-SSL2', 'a certificate that expires', { both: certificate });
});

breaks('REST-NET6', 'no endpoint type', { both: (draft) => draft.unset('Api', 'EndpointConfiguration') });
keeps('REST-NET6', 'a type from elsewhere', { both: endpoint({ 'Fn::ImportValue': 'type' }) });

describe('the web ACL of a stage', () => {
  const webAcl = (scope: unknown, rules: unknown) => ({
    both: (draft: Draft) => {
      draft.add('WebAcl', 'AWS::WAFv2::WebACL', { Scope: scope, Rules: rules });
      draft.set('Waf', { WebACLArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] } });
    },
  });
  const managed = (name: unknown): object => ({
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name } },
  });
  const inputs = [managed('AWSManagedRulesCommonRuleSet'), managed('AWSManagedRulesKnownBadInputsRuleSet')];
  breaks('REST-WAF3', 'one for CloudFront', webAcl('CLOUDFRONT', inputs));
  breaks('REST-WAF3', 'the ARN of one', {
    both: (draft) => draft.set('Waf', { WebACLArn: 'arn:aws:wafv2:us-east-1:1:global/webacl/a/b' }),
  });
  keeps('REST-WAF3', 'a regional one', webAcl('REGIONAL', inputs));
  keeps('REST-WAF3', 'a scope from elsewhere', webAcl({ 'Fn::ImportValue': 'scope' }, inputs));

  breaks('REST-WAF4', 'no rule for known attacks', webAcl('REGIONAL', [managed('AWSManagedRulesCommonRuleSet')]));
  keeps('REST-WAF4', 'a rule group of the users own', {
    ...webAcl('REGIONAL', [{ Statement: { RuleGroupReferenceStatement: { Arn: 'x' } } }]),
  });
  keeps('REST-WAF4', 'rules from elsewhere', webAcl('REGIONAL', { 'Fn::ImportValue': 'rules' }));

  const logged = (fields: unknown, destination: unknown = 'arn:aws:logs:eu-west-1:1:log-group:aws-waf-logs-x') => ({
    both: (draft: Draft) => {
      webAcl('REGIONAL', inputs).both(draft);
      draft.add('WafLog', 'AWS::WAFv2::LoggingConfiguration', {
        ResourceArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] },
        LogDestinationConfigs: [destination],
        RedactedFields: fields,
      });
    },
  });
  const header = (Name: unknown) => ({ SingleHeader: { Name } });
  const redacted = [header('Authorization'), header('x-api-key')];
  breaks('REST-WAF5', 'a log of everything', logged(undefined));
  breaks('REST-WAF5', 'a log of keys', logged([header('authorization'), { QueryString: {} }]));
  keeps('REST-WAF5', 'a log without credentials', logged(redacted));
  keeps('REST-WAF5', 'a list from elsewhere', logged({ 'Fn::ImportValue': 'fields' }));
  keeps('REST-WAF5', 'a header from elsewhere', logged([header({ 'Fn::ImportValue': 'header' })]));
  keeps('REST-WAF5', 'the log of an ACL that guards no API', {
    both: (draft) =>
      draft.add('WafLog', 'AWS::WAFv2::LoggingConfiguration', {
        ResourceArn: 'arn:aws:wafv2:us-east-1:1:regional/webacl/other/b',
        LogDestinationConfigs: ['arn:aws:s3:::logs'],
      }),
  });

  const group = (properties: object) => ({
    both: (draft: Draft) => {
      draft.add('WafLogs', 'AWS::Logs::LogGroup', { RetentionInDays: 30, KmsKeyId: 'key', ...properties });
      const arn = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${WafLogs}';
      logged(redacted, { 'Fn::Sub': arn }).both(draft);
    },
  });
  breaks('REST-WAF6', 'a log group of another name', logged(redacted, 'arn:aws:logs:eu-west-1:1:log-group:waf'));
  breaks('REST-WAF6', 'a stream of another name', logged(redacted, 'arn:aws:firehose:eu-west-1:1:deliverystream/waf'));
  breaks('REST-WAF6', 'a bucket of another name', logged(redacted, 'arn:aws:s3:::waf'));
  breaks('REST-WAF6', 'a name that CloudFormation makes up', group({}));
  breaks('REST-WAF6', 'a log group of the templates', group({ LogGroupName: 'waf' }));
  keeps('REST-WAF6', 'the prefix', group({ LogGroupName: { 'Fn::Sub': 'aws-waf-logs-${AWS::StackName}' } }));
  keeps('REST-WAF6', 'a name from elsewhere', group({ LogGroupName: { 'Fn::ImportValue': 'name' } }));
  keeps('REST-WAF6', 'a place from elsewhere', logged(redacted, { 'Fn::ImportValue': 'logs' }));
});
