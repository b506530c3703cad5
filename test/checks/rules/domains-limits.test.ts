import { breaks, type Draft, keeps } from '../support';

const RULES = { RoutingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING' };
const unknown = { 'Fn::ImportValue': 'x' };

/** A Regional domain to which the API is mapped. */
function named(draft: Draft, more: object = {}): void {
  draft.set('Api', { DisableExecuteApiEndpoint: true });
  draft.add('Domain', 'AWS::ApiGateway::DomainName', {
    DomainName: 'api.example.com',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    RegionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
    ...more,
  });
  draft.add('Path', 'AWS::ApiGatewayV2::ApiMapping', {
    DomainName: { Ref: 'Domain' },
    ApiId: { Ref: 'Api' },
    Stage: { Ref: 'Stage' },
  });
}

const ENHANCED = { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'STRICT' };
const ruled =
  (Conditions: unknown, count = 1) =>
  (draft: Draft): void => {
    named(draft, { ...ENHANCED, ...RULES });
    for (let index = 1; index <= count; index++) {
      draft.add(`Rule${index}`, 'AWS::ApiGatewayV2::RoutingRule', {
        DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] },
        Priority: index,
        Conditions,
        Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } } }],
      });
    }
  };
const header = (...names: unknown[]) => [
  { MatchHeaders: { AnyOf: names.map((Header) => ({ Header, ValueGlob: 'x' })) } },
];
const path = (...paths: unknown[]) => [{ MatchBasePaths: { AnyOf: paths } }];

const RESERVED = ['Authorization', 'x-amz-date', 'X-Forwarded-For', 'access-control-max-age', 'x-restAPI', 'TE', 'via'];
for (const name of RESERVED) breaks('DOM18', `the reserved header ${name}`, { both: ruled(header(name)) });
for (const name of ['x-preview', 'Accept', 'x-forwarded-prefix', 'host', unknown])
  keeps('DOM18', `the header ${JSON.stringify(name)}`, { both: ruled(header(name)) });
breaks('DOM18', 'two headers in one condition', { both: ruled(header('a', 'b')) });
keeps('DOM18', 'two headers in two conditions', { both: ruled([...header('a'), ...header('b')]) });
breaks('DOM18', 'two paths in one condition', { both: ruled(path('a', 'b')) });
breaks('DOM18', 'a path of 128 characters', { both: ruled(path('a'.repeat(128))) });
keeps('DOM18', 'a path of 127 characters', { both: ruled(path('a'.repeat(127))) });
keeps('DOM18', 'a path that cannot be told', { both: ruled(path(unknown)) });
