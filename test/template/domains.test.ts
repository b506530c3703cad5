import { UNKNOWN } from '../../lib/template/model/value';
import { modelOf } from './source-of';
import { v2Resources } from './v2-resources';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const id = (logicalId: string) => ({ template: 'app.json', logicalId });
const model = modelOf(v2Resources, { Parameters: { Env: { Type: 'String' } } });

describe('what stands around V2 APIs', () => {
  test('usage plans and web ACLs name them', () => {
    expect(model.usagePlans).toMatchObject([{ apiStages: [{ api: id('Chat'), stage: id('Live') }] }]);
    expect(model.webAclAssociations).toMatchObject([{ api: id('Http'), stage: id('Default') }]);
  });

  test('domains of both versions', () => {
    expect(model.domainNames).toMatchObject([
      {
        resourceType: 'AWS::ApiGateway::DomainName',
        domainName: 'old.example.com',
        configurations: [{ endpointType: 'REGIONAL', regionalCertificateArn: 'arn:cert', securityPolicy: 'TLS_1_0' }],
      },
      { resourceType: 'AWS::ApiGateway::DomainNameV2', policy: { Version: '2012-10-17' } },
      {
        resourceType: 'AWS::ApiGatewayV2::DomainName',
        domainName: 'api.example.com',
        routingMode: 'ROUTING_RULE_THEN_API_MAPPING',
        configurations: [
          {
            certificateArn: '<Certificate>',
            endpointType: 'REGIONAL',
            securityPolicy: 'TLS_1_2',
            ipAddressType: 'ipv4',
            location: { path: ['Properties', 'DomainNameConfigurations', '0'] },
          },
        ],
        mutualTls: { truststoreUri: 's3://bucket/key', truststoreVersion: '1' },
      },
    ]);
  });

  test('mappings and routing rules lead from a domain to a stage', () => {
    expect(model.domainMappings).toMatchObject([
      {
        location: { logicalId: 'OldMapping' },
        api: UNKNOWN,
        domain: UNKNOWN,
        domainName: 'old.example.com',
        mappingKey: 'orders',
        stageName: 'prod',
      },
      {
        location: { logicalId: 'Mapping' },
        api: id('Http'),
        domain: id('Domain'),
        mappingKey: 'orders/v1',
        stage: id('Default'),
      },
      { location: { logicalId: 'Rule' }, api: id('Http'), domain: id('Domain'), stage: id('Default') },
    ]);
    expect(model.routingRules).toMatchObject([
      {
        domain: id('Domain'),
        priority: 1,
        conditions: [
          { basePaths: ['orders'], headers: [] },
          { basePaths: [], headers: [{ header: 'x-version', valueGlob: '2*' }] },
        ],
        actions: [{ api: id('Http'), mappingKey: undefined }],
      },
    ]);
  });
});
