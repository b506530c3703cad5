import { CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { ApiDomain, ApiDomainEndpointType, ApiDomainRecords, ApiKind, ExistingApi, RestEndpointType } from '../../lib';
import { ids, resource, templateOf, testApp } from '../support/stacks';
import { certificate, domain, ENV, FakeGateway, rest, stackOf } from './support';

const NAME = 'AWS::ApiGateway::DomainName';
const MAPPING = 'AWS::ApiGatewayV2::ApiMapping';
const names = (stacks: readonly Stack[]) => stacks.map(({ stackName }) => stackName);

describe('tokens', () => {
  test('zone, name, certificate, stage and API may all be unknown at synth', () => {
    const stack = new Stack(testApp(), 'Stack');
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: Fn.importValue('zone-id'),
      zoneName: new CfnParameter(stack, 'ZoneName').valueAsString,
    });
    const certificateArn = new CfnParameter(stack, 'CertificateArn').valueAsString;
    const given = new ApiDomain(stack, 'Names', {
      domainName: `api.${zone.zoneName}`,
      hostedZone: zone,
      certificate: Certificate.fromCertificateArn(stack, 'Given', certificateArn),
      records: ApiDomainRecords.latency(),
    });
    const stageName = new CfnParameter(stack, 'StageName').valueAsString;
    given.map(rest(stack, 'Orders', { stages: { live: { stageName } } }), { path: 'orders' });
    const apiId = Fn.importValue('api-id');
    given.map(ExistingApi.fromAttributes({ kind: ApiKind.REST, apiId, stageName }));
    given.addRoutingRule('preview', ExistingApi.fromAttributes({ kind: ApiKind.REST, apiId, stageName }), {
      priority: new CfnParameter(stack, 'Priority', { type: 'Number' }).valueAsNumber,
      headers: [{ header: 'x-preview', value: new CfnParameter(stack, 'Preview').valueAsString }],
    });
    const template = templateOf(stack);
    const name = { 'Fn::Join': ['', ['api.', { Ref: 'ZoneName' }]] };
    expect(resource(template, NAME).Properties).toMatchObject({
      DomainName: name,
      RegionalCertificateArn: { Ref: 'CertificateArn' },
    });
    expect(resource(template, 'AWS::Route53::RecordSet', /RecordAAAA/).Properties).toMatchObject({
      Name: name,
      Region: { Ref: 'AWS::Region' },
      SetIdentifier: { Ref: 'AWS::Region' },
    });
    expect(resource(template, MAPPING, /root/).Properties.ApiId).toEqual({ 'Fn::ImportValue': 'api-id' });
    expect(resource(template, 'AWS::ApiGatewayV2::RoutingRule').Properties.Priority).toEqual({ Ref: 'Priority' });
  });

  test('a new certificate for a name and a zone of tokens', () => {
    const stack = new Stack(testApp(), 'Stack');
    const zone = new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
    new ApiDomain(stack, 'Names', { domainName: `api.${zone.zoneName}`, hostedZone: zone });
    new ApiDomain(stack, 'Edge', {
      domainName: 'edge.example.com',
      hostedZone: zone,
      endpointType: ApiDomainEndpointType.EDGE,
    });
    const template = templateOf(stack);
    expect(resource(template, 'AWS::CertificateManager::Certificate', /Names/).Properties).toMatchObject({
      DomainValidationOptions: [{ HostedZoneId: { Ref: expect.stringMatching(/^Zone/) } }],
    });
  });
});

describe('domain and API in different stacks', () => {
  const build = (inDomainStack?: boolean) => {
    const app = testApp();
    const [edge, orders, search] = ['Edge', 'Orders', 'Search'].map((id) => stackOf(id, app));
    const shared = domain(edge);
    shared.map(rest(orders), { path: 'orders', inDomainStack });
    shared.map(rest(search), { path: 'search', inDomainStack });
    shared.addRoutingRule('beta', rest(search, 'Beta'), { priority: 1, basePaths: ['beta'], inDomainStack });
    return { app, edge, orders, search };
  };

  test('the mapping is of the stack of the API, so that APIs come and go without that of the domain', () => {
    const { app, edge, orders, search } = build();
    app.synth();
    expect(names(edge.dependencies)).toEqual([]);
    expect(names(orders.dependencies)).toEqual(['Edge']);
    expect(names(search.dependencies)).toEqual(['Edge']);
    expect(ids(templateOf(edge), MAPPING)).toEqual([]);
    expect(ids(templateOf(orders), MAPPING)).toEqual(['ApiDomainEdgeNamesMappingordersE0571FD2']);
    expect(resource(templateOf(search), 'AWS::ApiGatewayV2::RoutingRule').Properties.DomainNameArn).toEqual({
      'Fn::ImportValue': expect.stringMatching(/^Edge:ExportsOutputFnGetAttNames.*DomainNameArn/),
    });
  });

  test('or of the stack of the domain, where the API knows nothing of it', () => {
    const { app, edge, orders, search } = build(true);
    app.synth();
    expect(names(edge.dependencies).sort()).toEqual(['Orders', 'Search']);
    expect(names(orders.dependencies)).toEqual([]);
    expect(names(search.dependencies)).toEqual([]);
    expect(ids(templateOf(edge), MAPPING)).toHaveLength(2);
    expect(ids(templateOf(orders), MAPPING)).toEqual([]);
  });

  test('a gateway that takes from the stack of the domain what it needs makes no cycle', () => {
    const app = testApp();
    const edge = stackOf('Edge', app);
    const shared = domain(edge);
    const orders = stackOf('Orders', app);
    shared.map(rest(orders, 'Orders', { description: `behind ${shared.regionalDomainName}` }));
    expect(() => app.synth()).not.toThrow();
  });

  test('inside of stages the ids are the same in each', () => {
    const app = testApp();
    const made = ['Dev', 'Prod'].map((id) => {
      const stage = new Stage(app, id);
      const shared = domain(new Stack(stage, 'Edge', { env: ENV }));
      const stack = new Stack(stage, 'Orders', { env: ENV });
      shared.map(rest(stack), { path: 'orders' });
      return ids(stage.synth().getStackArtifact(stack.artifactId).template, MAPPING);
    });
    expect(made[0]).toEqual(['ApiDomainEdgeNamesMappingordersE0571FD2']);
    expect(made[1]).toEqual(made[0]);
  });

  test('a nested stack', () => {
    const stack = stackOf();
    domain(stack).map(rest(new NestedStack(stack, 'Nested')));
    expect(ids(templateOf(stack), MAPPING)).toEqual([]);
  });
});

describe('Regions', () => {
  test('an EDGE domain takes a certificate that a stack of us-east-1 makes', () => {
    const app = testApp();
    const east = new Stack(app, 'East', { env: { ...ENV, region: 'us-east-1' }, crossRegionReferences: true });
    const west = new Stack(app, 'West', { env: ENV, crossRegionReferences: true });
    const names = new ApiDomain(west, 'Names', {
      domainName: 'api.example.com',
      endpointType: ApiDomainEndpointType.EDGE,
      certificate: new Certificate(east, 'Certificate', { domainName: 'api.example.com' }),
    });
    names.map(rest(west, 'Orders', { endpointType: RestEndpointType.EDGE }));
    app.synth();
    expect(west.dependencies).toEqual([east]);
    expect(JSON.stringify(resource(templateOf(west), NAME).Properties.CertificateArn)).toContain('Export');
  });

  test('a certificate that a stack of another Region makes is known to be of there', () => {
    const app = testApp();
    const west = stackOf('West', app);
    const made = new Certificate(new Stack(app, 'East', { env: { region: 'us-east-2' } }), 'C', {
      domainName: 'api.example.com',
    });
    expect(() => domain(west, { certificate: made })).toThrow(
      'certificate is in us-east-2, and the stack is in eu-west-1',
    );
  });

  test('two Regions answer one name by latency', () => {
    const records = ['eu-west-1', 'us-west-2'].map((region) => {
      const stack = new Stack(testApp(), region, { env: { ...ENV, region } });
      const names = domain(stack, { records: ApiDomainRecords.latency() });
      names.map(new FakeGateway({ kind: ApiKind.REST }));
      return resource(templateOf(stack), 'AWS::Route53::RecordSet', /RecordA[^A]/).Properties;
    });
    expect(records.map(({ Name, Region, SetIdentifier }) => [Name, Region, SetIdentifier])).toEqual([
      ['api.example.com', 'eu-west-1', 'eu-west-1'],
      ['api.example.com', 'us-west-2', 'us-west-2'],
    ]);
  });

  test.each([
    ['region', 'us-west-2'],
    ['account', '222222222222'],
  ])('an API of another %s', (place, value) => {
    const app = testApp();
    const api = rest(new Stack(app, 'Far', { env: { ...ENV, [place]: value } }));
    const own = ENV[place as keyof typeof ENV];
    expect(() => domain(stackOf('Near', app)).map(api)).toThrow(
      new Error(
        `ApiDomain 'Names': map: RestGateway 'Orders' is in the ${place} ${value}, and the domain is in ${own}; create an ApiDomain there, with the same name ` +
          'and records: ApiDomainRecords.latency() or .weighted(…) on both, or move one',
      ),
    );
  });

  test('an API of another stage of the app', () => {
    const app = testApp();
    const api = rest(new Stack(new Stage(app, 'Prod'), 'Far', { env: ENV }));
    expect(() => domain(stackOf('Near', app)).map(api)).toThrow(
      "ApiDomain 'Names': map: RestGateway 'Orders' and the domain are in different stages of the app; import one of them by its attributes",
    );
  });

  test('a certificate of unknown Region is left alone', () => {
    const stack = new Stack(testApp(), 'Stack');
    expect(() => domain(stack, { certificate: certificate(stack, 'C', 'us-east-1') })).not.toThrow();
  });
});
