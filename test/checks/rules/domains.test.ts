import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/read';
import { breaks, type Draft, goodResources, ids, keeps, source } from '../support';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const ENHANCED = { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'STRICT' };
const MUTUAL = { MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: 'v1' } };

/** A Regional domain to which the API is mapped. */
function named(draft: Draft, more: object = {}, path: object = {}): void {
  draft.set('Api', { DisableExecuteApiEndpoint: true });
  draft.add('Domain', 'AWS::ApiGateway::DomainName', {
    DomainName: 'api.example.com',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    RegionalCertificateArn: CERTIFICATE,
    ...ENHANCED,
    ...more,
  });
  draft.add('Path', 'AWS::ApiGatewayV2::ApiMapping', {
    DomainName: { Ref: 'Domain' },
    ApiId: { Ref: 'Api' },
    Stage: { Ref: 'Stage' },
    ...path,
  });
}

const legacy = (draft: Draft, more: object = {}, path: object = {}): void => {
  named(draft, { SecurityPolicy: 'TLS_1_2', ...more }, path);
  draft.unset('Domain', 'EndpointAccessMode');
};
const mutual = (draft: Draft, more: object = {}): void => legacy(draft, { ...MUTUAL, ...more });
const edge = (draft: Draft, more: object = {}): void => {
  named(draft, {
    EndpointConfiguration: { Types: ['EDGE'] },
    RegionalCertificateArn: undefined,
    CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
    SecurityPolicy: 'SecurityPolicy_TLS12_PFS_2025_EDGE',
    ...more,
  });
};
/** Another API on the domain. */
const beside = (draft: Draft, ProtocolType: unknown, more: object = {}): void => {
  draft.add('Other', 'AWS::ApiGatewayV2::Api', {
    Name: 'other',
    ProtocolType,
    ...(ProtocolType === 'WEBSOCKET' && { RouteSelectionExpression: '$request.body.action' }),
    DisableExecuteApiEndpoint: true,
    ...more,
  });
  draft.add('OtherPath', 'AWS::ApiGatewayV2::ApiMapping', {
    DomainName: { Ref: 'Domain' },
    ApiId: { Ref: 'Other' },
    ApiMappingKey: 'other',
    Stage: '$default',
  });
};
const rule = (draft: Draft, more: object = {}, id = 'Rule'): void =>
  draft.add(id, 'AWS::ApiGatewayV2::RoutingRule', {
    DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] },
    Priority: 10,
    Conditions: [{ MatchBasePaths: { AnyOf: ['a'] } }],
    Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } } }],
    ...more,
  });
const RULES = { RoutingMode: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING' };
const unknown = { 'Fn::ImportValue': 'x' };

for (const id of ['DOM1', 'DOM3', 'DOM5', 'DOM11', 'DOM12', 'DOM13', 'DOM15', 'DOM16', 'DOM17', 'DOM19', 'REST-NET7']) {
  keeps(id, 'a Regional domain', { both: (draft) => named(draft) });
  keeps(id, 'an edge-optimized domain', { both: (draft) => edge(draft) });
}
for (const id of ['DOM4', 'DOM6', 'DOM7', 'DOM8', 'DOM9']) {
  keeps(id, 'mutual TLS', { both: (draft) => mutual(draft, { OwnershipVerificationCertificateArn: CERTIFICATE }) });
}
keeps('DOM1', 'a domain of which nothing is known', {
  both: (draft) =>
    legacy(draft, {
      DomainName: unknown,
      SecurityPolicy: unknown,
      EndpointConfiguration: unknown,
      RegionalCertificateArn: unknown,
      MutualTlsAuthentication: unknown,
      RoutingMode: unknown,
    }),
});

breaks('DOM1', 'TLS 1.0', { both: (draft) => legacy(draft, { SecurityPolicy: 'TLS_1_0' }), also: ['DOM19'] });
breaks('DOM1', 'no policy', { both: (draft) => legacy(draft, { SecurityPolicy: undefined }) });
keeps('DOM1', 'no policy of a V2 domain, which has TLS 1.2', {
  both: (draft) => {
    named(draft);
    draft.add('Domain', 'AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.example.com',
      DomainNameConfigurations: [{ CertificateArn: CERTIFICATE }],
    });
  },
});

breaks('DOM2', 'an HTTP API behind an enhanced policy', {
  both: (draft) => {
    named(draft);
    beside(draft, 'HTTP');
  },
});
breaks('DOM2', 'an HTTP API behind an edge-optimized domain', {
  both: (draft) => {
    edge(draft);
    beside(draft, undefined, { Body: {} });
  },
});
keeps('DOM2', 'an HTTP API behind TLS_1_2, by the name of the domain', {
  both: (draft) => {
    legacy(draft);
    beside(draft, 'HTTP');
    draft.set('OtherPath', { DomainName: 'api.example.com' });
  },
});

breaks('DOM3', 'an enhanced policy of a domain without access mode', {
  both: (draft) => named(draft, { EndpointAccessMode: undefined }),
});
breaks('DOM3', 'an access mode of a domain with a legacy policy', {
  both: (draft) => named(draft, { SecurityPolicy: 'TLS_1_2' }),
  also: ['DOM19'],
});
breaks('DOM4', 'mutual TLS with an enhanced policy', { both: (draft) => named(draft, MUTUAL) });
breaks('DOM5', 'an edge policy on a Regional domain', {
  both: (draft) => named(draft, { SecurityPolicy: 'SecurityPolicy_TLS13_2025_EDGE' }),
  also: ['DOM19'],
});
breaks('DOM5', 'a Regional policy on an edge-optimized domain', { both: (draft) => edge(draft, ENHANCED) });
breaks('DOM6', 'mutual TLS on an edge-optimized domain', {
  both: (draft) => {
    edge(draft, { ...MUTUAL, SecurityPolicy: 'TLS_1_2' });
    draft.unset('Domain', 'EndpointAccessMode');
  },
});
breaks('DOM6', 'mutual TLS with TLS 1.0', {
  both: (draft) => mutual(draft, { SecurityPolicy: 'TLS_1_0' }),
  also: ['DOM1'],
});
breaks('DOM6', 'a trust store that is not in S3', {
  both: (draft) =>
    mutual(draft, { MutualTlsAuthentication: { TruststoreUri: 'https://x/ca.pem', TruststoreVersion: 'v' } }),
});
breaks('DOM7', 'a default endpoint beside mutual TLS', {
  both: (draft) => {
    mutual(draft);
    draft.unset('Api', 'DisableExecuteApiEndpoint');
  },
});
breaks('DOM7', 'a default endpoint of an HTTP API beside mutual TLS', {
  both: (draft) => {
    mutual(draft);
    beside(draft, 'HTTP', { DisableExecuteApiEndpoint: false });
  },
});
keeps('DOM7', 'one that cannot be told', {
  both: (draft) => {
    mutual(draft);
    beside(draft, 'HTTP', { DisableExecuteApiEndpoint: unknown });
  },
});
breaks('DOM8', 'a trust store without version', {
  both: (draft) => mutual(draft, { MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem' } }),
});
keeps('DOM8', 'a key that is a hash', {
  both: (draft) => mutual(draft, { MutualTlsAuthentication: { TruststoreUri: `s3://assets/${'0a'.repeat(32)}.pem` } }),
});
breaks('DOM9', 'an ownership certificate alone', {
  both: (draft) => named(draft, { OwnershipVerificationCertificateArn: CERTIFICATE }),
});
breaks('DOM10', 'an edge-optimized domain with a certificate of elsewhere', {
  both: (draft) => edge(draft, { CertificateArn: CERTIFICATE }),
});
keeps('DOM10', 'a certificate that cannot be told', { both: (draft) => edge(draft, { CertificateArn: unknown }) });
breaks('DOM12', 'the certificate of the other type', {
  both: (draft) => named(draft, { CertificateArn: CERTIFICATE, RegionalCertificateArn: undefined }),
});
breaks('DOM12', 'the certificate of a Regional domain on an edge-optimized one', {
  both: (draft) => edge(draft, { CertificateArn: undefined, RegionalCertificateArn: CERTIFICATE }),
});
breaks('DOM13', 'upper case', { both: (draft) => named(draft, { DomainName: 'API.example.com' }) });
breaks('DOM14', 'a WebSocket API beside a REST API', {
  both: (draft) => {
    legacy(draft);
    beside(draft, 'WEBSOCKET');
  },
});
keeps('DOM14', 'a kind that cannot be told', {
  both: (draft) => {
    legacy(draft);
    beside(draft, unknown);
  },
});

for (const key of ['/a', 'a/', 'a//b', 'a b', 'a'.repeat(301)]) {
  breaks('DOM15', `the path "${key.slice(0, 5)}"`, { both: (draft) => named(draft, {}, { ApiMappingKey: key }) });
}
breaks('DOM15', 'levels in a base path mapping', {
  both: (draft) => {
    edge(draft);
    draft.add('Path', 'AWS::ApiGateway::BasePathMapping', {
      DomainName: { Ref: 'Domain' },
      RestApiId: { Ref: 'Api' },
      BasePath: 'a/b',
    });
  },
});
breaks('DOM15', 'levels with TLS 1.0', {
  both: (draft) => legacy(draft, { SecurityPolicy: 'TLS_1_0' }, { ApiMappingKey: 'a/b' }),
  also: ['DOM1', 'DOM19'],
});
breaks('DOM15', 'too many of several levels', {
  both: (draft) => {
    named(draft);
    for (let i = 0; i < 201; i++) {
      draft.add(`Path${i}`, 'AWS::ApiGatewayV2::ApiMapping', {
        DomainName: { Ref: 'Domain' },
        ApiId: { Ref: 'Api' },
        ApiMappingKey: `a/${i}`,
      });
    }
  },
});
keeps('DOM15', 'several levels', { both: (draft) => named(draft, {}, { ApiMappingKey: 'a/b' }) });
keeps('DOM15', 'the whole name', {
  both: (draft) => {
    edge(draft);
    draft.add('Path', 'AWS::ApiGateway::BasePathMapping', {
      DomainName: { Ref: 'Domain' },
      RestApiId: { Ref: 'Api' },
      BasePath: '(none)',
    });
  },
});

breaks('DOM16', 'a default endpoint behind a domain', {
  both: (draft) => {
    named(draft);
    draft.set('Api', { DisableExecuteApiEndpoint: false });
  },
});
breaks('DOM17', 'an API that nobody reaches', {
  both: (draft) => draft.set('Api', { DisableExecuteApiEndpoint: true }),
});
keeps('DOM17', 'a mapping to an API that cannot be told', { both: (draft) => named(draft, {}, { ApiId: unknown }) });
keeps('DOM17', 'a rule that leads to the API', {
  both: (draft) => {
    named(draft, { RoutingMode: 'ROUTING_RULE_ONLY' });
    delete (draft.resources as Partial<typeof draft.resources>).Path;
    rule(draft);
  },
});

const ruled = (more: object) => ({
  both: (draft: Draft) => {
    named(draft, RULES);
    rule(draft, more);
  },
});
keeps('DOM18', 'a rule', ruled({}));
keeps('DOM18', 'what cannot be told', ruled({ Priority: unknown, Conditions: unknown, Actions: unknown }));
breaks('DOM18', 'a priority out of range', ruled({ Priority: 1_000_001 }));
breaks(
  'DOM18',
  'three headers',
  ruled({
    Conditions: [1, 2, 3].map(() => ({ MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: 'v2*' }] } })),
  }),
);
breaks(
  'DOM18',
  'two conditions of paths',
  ruled({ Conditions: [1, 2].map(() => ({ MatchBasePaths: { AnyOf: ['orders'] } })) }),
);
breaks('DOM18', 'a domain without routing mode', {
  both: (draft) => {
    named(draft);
    rule(draft);
  },
});
breaks('DOM18', 'two rules of one priority', {
  both: (draft) => {
    named(draft, RULES);
    rule(draft);
    rule(draft, {}, 'Second');
  },
});
breaks('DOM18', 'a rule beside an HTTP API', {
  both: (draft) => {
    legacy(draft, RULES);
    beside(draft, 'HTTP');
    rule(draft);
  },
});
breaks('DOM18', 'a rule that leads to an HTTP API', {
  both: (draft) => {
    legacy(draft, RULES);
    draft.add('Other', 'AWS::ApiGatewayV2::Api', { Name: 'other', ProtocolType: 'HTTP' });
    rule(draft, { Actions: [{ InvokeApi: { ApiId: { Ref: 'Other' } } }] });
  },
});
breaks('DOM19', 'a policy without post-quantum key exchange', { both: (draft) => legacy(draft) });

const privately = (draft: Draft): void => {
  draft.add('Domain', 'AWS::ApiGateway::DomainNameV2', { DomainName: 'a.example.com', ...ENHANCED });
  draft.add('Path', 'AWS::ApiGateway::BasePathMappingV2', {
    DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] },
    RestApiId: { Ref: 'Api' },
    Stage: { Ref: 'Stage' },
  });
};
const fenced = (draft: Draft): void =>
  draft.set('Api', {
    EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] },
    Policy: {
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    },
  });
breaks('REST-NET7', 'a public API behind a private name', {
  both: (draft) => {
    privately(draft);
    draft.set('Api', { DisableExecuteApiEndpoint: true });
  },
});
breaks('REST-NET7', 'a private API behind a public domain', {
  both: (draft) => {
    named(draft);
    fenced(draft);
  },
});
keeps('REST-NET7', 'a private API behind a private name', {
  both: (draft) => {
    privately(draft);
    fenced(draft);
  },
});

describe('certificates and Regions', () => {
  const found = (region: string | undefined, change: (draft: Draft) => void) => {
    const draft = goodResources();
    change(draft);
    return ids(runRules(readModel([source(draft.template, 'a.json', { region })]))).filter((id) =>
      id.startsWith('DOM'),
    );
  };
  const made = { Ref: 'Certificate' };
  const make = (draft: Draft) => draft.add('Certificate', 'AWS::CertificateManager::Certificate', { DomainName: 'a' });

  test('DOM11 finds a certificate of another Region', () => {
    expect(found('us-east-1', (draft) => named(draft))).toEqual(['DOM11']);
  });

  test('DOM11 lets one of the same Region be, and one of a stack without Region', () => {
    expect(found('eu-west-1', (draft) => named(draft))).toEqual([]);
    expect(found(undefined, (draft) => named(draft))).toEqual([]);
    const own = (draft: Draft) => {
      make(draft);
      named(draft, { RegionalCertificateArn: made });
    };
    expect(found('eu-west-1', own)).toEqual([]);
  });

  test('DOM10 finds a certificate that is made beside an edge-optimized domain, unless that is us-east-1', () => {
    const own = (draft: Draft) => {
      make(draft);
      edge(draft, { CertificateArn: made });
    };
    expect(found('eu-west-1', own)).toEqual(['DOM10']);
    expect(found('us-east-1', own)).toEqual([]);
  });
});
