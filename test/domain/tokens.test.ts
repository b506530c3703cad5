import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HostedZone, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ApiDomain,
  ApiDomainEndpointType,
  ApiDomainRecords,
  ApiKind,
  ExistingApi,
  RestEndpointType,
  TrustStore,
} from '../../lib';
import { ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { certificate, domain, ENV, FakeGateway, rest, stackOf, zone } from './support';

const NAME = 'AWS::ApiGateway::DomainName';
const RECORD = 'AWS::Route53::RecordSet';
const value = (name: string) => ({ 'Fn::ImportValue': name });
const imported = (name: string) => expect.objectContaining({ 'Fn::ImportValue': expect.stringContaining(name) });

/** A domain that takes something from a stack before it. */
function across(make: (other: Stack, own: Stack) => void): Json {
  const app = testApp();
  const [other, own] = ['Other', 'Own'].map((id) => stackOf(id, app));
  make(other, own);
  const template = templateOf(own);
  app.synth();
  expect(own.dependencies).toEqual([other]);
  expect(other.dependencies).toEqual([]);
  return template;
}

describe('what only CloudFormation knows', () => {
  test('trust store, its version, certificates', () => {
    const stack = new Stack(testApp(), 'Stack');
    const bucket = Bucket.fromBucketName(stack, 'Trust', Fn.importValue('bucket'));
    const arn = (name: string) => Certificate.fromCertificateArn(stack, name, Fn.importValue(name));
    new ApiDomain(stack, 'Names', {
      domainName: Fn.importValue('name'),
      certificate: arn('certificate'),
      ownershipCertificate: arn('ownership'),
      mutualTls: { trustStore: TrustStore.fromBucket(bucket, Fn.importValue('key'), Fn.importValue('version')) },
    });
    expect(resource(templateOf(stack), NAME).Properties).toMatchObject({
      DomainName: value('name'),
      RegionalCertificateArn: value('certificate'),
      OwnershipVerificationCertificateArn: value('ownership'),
      MutualTlsAuthentication: {
        TruststoreUri: { 'Fn::Join': ['', ['s3://', value('bucket'), '/', value('key')]] },
        TruststoreVersion: value('version'),
      },
    });
  });

  test('weight, health check and identifier of records', () => {
    const stack = stackOf();
    const weight = new CfnParameter(stack, 'Weight', { type: 'Number' }).valueAsNumber;
    const options = { healthCheckId: Fn.importValue('check'), setIdentifier: Fn.importValue('set') };
    domain(stack, { records: ApiDomainRecords.weighted(weight, options) });
    const template = templateOf(stack);
    expect(ids(template, RECORD)).not.toEqual([]);
    for (const id of ids(template, RECORD)) {
      expect(template.Resources[id].Properties).toMatchObject({
        Weight: { Ref: 'Weight' },
        HealthCheckId: value('check'),
        SetIdentifier: value('set'),
      });
    }
  });

  test('a private name: zone, VPC endpoint and what the record points to', () => {
    const stack = new Stack(testApp(), 'Stack');
    const names = new ApiDomain(stack, 'Names', {
      domainName: 'stock.internal.example.com',
      endpointType: ApiDomainEndpointType.PRIVATE,
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', Fn.importValue('certificate')),
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
        hostedZoneId: Fn.importValue('zone'),
        zoneName: Fn.importValue('zone-name'),
      }),
      vpcEndpoints: [
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', {
          vpcEndpointId: Fn.importValue('endpoint'),
          port: 443,
        }),
      ],
      aliasTarget: { dnsName: Fn.importValue('dns'), hostedZoneId: Fn.importValue('endpoint-zone') },
    });
    names.map(
      ExistingApi.fromAttributes({
        kind: ApiKind.REST,
        apiId: Fn.importValue('api'),
        stageName: Fn.importValue('stage'),
        endpointType: Fn.importValue('type'),
      }),
    );
    const template = templateOf(stack);
    expect(resource(template, 'AWS::ApiGateway::BasePathMappingV2').Properties).toMatchObject({
      RestApiId: value('api'),
      Stage: value('stage'),
    });
    expect(resource(template, 'AWS::ApiGateway::DomainNameAccessAssociation').Properties).toMatchObject({
      AccessAssociationSource: value('endpoint'),
    });
    expect(resource(template, RECORD).Properties).toMatchObject({
      HostedZoneId: value('zone'),
      AliasTarget: { DNSName: value('dns'), HostedZoneId: value('endpoint-zone') },
    });
  });

  test('an imported domain: name, ARN, base path of a rule', () => {
    const stack = stackOf();
    const names = ApiDomain.fromApiDomainAttributes(stack, 'Names', {
      domainName: Fn.importValue('name'),
      domainNameArn: Fn.importValue('arn'),
    });
    names.map(new FakeGateway({ kind: ApiKind.REST }));
    names.addRoutingRule('v2', new FakeGateway({ kind: ApiKind.REST }), {
      priority: 1,
      basePaths: [Fn.importValue('path')],
      headers: [{ header: Fn.importValue('header'), value: Fn.importValue('value') }],
    });
    const template = templateOf(stack);
    expect(resource(template, 'AWS::ApiGatewayV2::ApiMapping').Properties.DomainName).toEqual(value('name'));
    expect(resource(template, 'AWS::ApiGatewayV2::RoutingRule').Properties).toMatchObject({
      DomainNameArn: value('arn'),
      Conditions: [
        { MatchHeaders: { AnyOf: [{ Header: value('header'), ValueGlob: value('value') }] } },
        { MatchBasePaths: { AnyOf: [value('path')] } },
      ],
    });
  });
});

describe('what another stack makes', () => {
  test('zone, certificates and the bucket of a trust store', () => {
    const template = across((other, own) => {
      const [made, ownership] = ['Made', 'Ownership'].map(
        (id) => new Certificate(other, id, { domainName: 'api.example.com' }),
      );
      new ApiDomain(own, 'Names', {
        domainName: 'api.example.com',
        hostedZone: new PublicHostedZone(other, 'Zone', { zoneName: 'example.com' }),
        certificate: made,
        ownershipCertificate: ownership,
        mutualTls: { trustStore: TrustStore.fromBucket(new Bucket(other, 'Trust'), 'ca.pem', 'v1') },
      });
    });
    const { RegionalCertificateArn, OwnershipVerificationCertificateArn, MutualTlsAuthentication } = resource(
      template,
      NAME,
    ).Properties;
    expect(RegionalCertificateArn).toEqual(imported('Made'));
    expect(OwnershipVerificationCertificateArn).toEqual(imported('Ownership'));
    expect(MutualTlsAuthentication.TruststoreUri['Fn::Join'][1]).toEqual(['s3://', imported('Trust'), '/ca.pem']);
    expect(resource(template, RECORD, /RecordAAAA/).Properties.HostedZoneId).toEqual(imported('Zone'));
  });

  test('the VPC endpoint of a private API, and its name in DNS', () => {
    const template = across((other, own) => {
      const vpc = new Vpc(other, 'Vpc', { maxAzs: 1 });
      const endpoint = vpc.addInterfaceEndpoint('Endpoint', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
      rest(own, 'Stock', {
        endpointType: RestEndpointType.PRIVATE,
        vpcEndpoints: [endpoint],
        domain: { domainName: 'stock.example.com', hostedZone: zone(own), certificate: certificate(own) },
      });
    });
    const { DomainNameArn, AccessAssociationSource } = resource(
      template,
      'AWS::ApiGateway::DomainNameAccessAssociation',
    ).Properties;
    expect(DomainNameArn).toEqual({ 'Fn::GetAtt': ['StockDomain109050D7', 'DomainNameArn'] });
    expect(AccessAssociationSource).toEqual(imported('Endpoint'));
    expect(JSON.stringify(resource(template, RECORD).Properties.AliasTarget)).toMatch(/ImportValue.*DnsEntries/);
  });

  test('an API whose stage is named by a parameter of its stack', () => {
    const app = testApp();
    const [edge, orders] = ['Edge', 'Orders'].map((id) => new Stack(app, id, { env: ENV }));
    const stageName = new CfnParameter(orders, 'StageName').valueAsString;
    domain(edge).map(rest(orders, 'Orders', { stages: { live: { stageName } } }), { path: 'o', inDomainStack: true });
    app.synth();
    const { Stage } = resource(templateOf(edge), 'AWS::ApiGatewayV2::ApiMapping').Properties;
    expect(Stage).toEqual(imported('OrdersStagelive'));
  });
});
