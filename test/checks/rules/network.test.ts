import { breaks, type Draft, keeps, type Json } from '../support';

const endpoint = (type: string) => (draft: Draft) => draft.set('Api', { EndpointConfiguration: { Types: [type] } });
const noWaf = (draft: Draft): void => {
  delete (draft.resources as Partial<Json>).Waf;
};
const associate = (arn: unknown) => (draft: Draft) => draft.set('Waf', { ResourceArn: arn });

breaks('REST-TLS1', 'no policy', { both: (draft) => draft.unset('Api', 'SecurityPolicy') });
breaks('REST-TLS1', 'TLS 1.0', { both: (draft) => draft.set('Api', { SecurityPolicy: 'TLS_1_0' }) });
keeps('REST-TLS1', 'a private API', {
  both: (draft) => {
    draft.unset('Api', 'SecurityPolicy');
    endpoint('PRIVATE')(draft);
  },
});
keeps('REST-TLS1', 'an endpoint that is off', {
  both: (draft) => {
    draft.unset('Api', 'SecurityPolicy');
    draft.set('Api', { DisableExecuteApiEndpoint: true });
  },
});
keeps('REST-TLS1', 'TLS 1.3', {
  both: (draft) =>
    draft.set('Api', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }),
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
    endpoint('PRIVATE')(draft);
  },
});
