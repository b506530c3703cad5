import { type S3Client } from '@aws-sdk/client-s3';
import { RestIntegration, type RestGatewayProps } from '../../lib';
import { DEFINITION_KEY, DEFINITION_TYPE } from '../../lib/facts/own-resources';
import { FakeBuckets } from '../support/fake-aws/s3';
import { type FakeServer } from '../support/fake-http';
import { bodyOf, fn, gateway, type Json, resource, templateOf, testApp } from '../support/stacks';
import { asSent, clientOf, eventOf, handlerOf, publishAll, resolved } from './deployed';
import { type Stack } from 'aws-cdk-lib';

let buckets: FakeBuckets;
let server: FakeServer;
let client: S3Client;

beforeAll(async () => {
  buckets = new FakeBuckets();
  server = await buckets.serve();
  client = clientOf(server.url);
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

const routes = (stack: Stack): RestGatewayProps['routes'] => {
  const [list, make] = [fn(stack, 'List'), fn(stack, 'Make')].map((one) => RestIntegration.lambda(one));
  return {
    'GET /orders': { integration: list },
    'POST /orders': { integration: make },
    'GET /orders/{id}': { integration: list },
  };
};

test('what API Gateway imports is what the Body would have been', async () => {
  const inline = gateway();
  const apart = gateway({ definitionAsAsset: true }, testApp());
  for (const { api, stack } of [inline, apart]) {
    for (const [key, options] of Object.entries(routes(stack)!)) api.addRoute(key, options);
  }
  const template = templateOf(apart.stack);
  const { Body: body, BodyS3Location: location } = resource(template, 'AWS::ApiGateway::RestApi').Properties;
  expect(body).toBeUndefined();
  const [id] = location.Key['Fn::GetAtt'];
  expect(location.Key).toEqual({ 'Fn::GetAtt': [id, DEFINITION_KEY] });
  expect(template.Resources[id].Type).toBe(DEFINITION_TYPE);
  publishAll(apart.app.synth().directory, buckets);
  const properties = asSent(resolved(template.Resources[id].Properties));
  const { data } = (await handlerOf(client).handle(eventOf('Create', properties)))!;
  const stored = buckets.objects.get(`${properties.Bucket}/${String(data![DEFINITION_KEY])}`)!;
  expect(JSON.parse(stored)).toEqual(resolved(bodyOf(inline.stack)));
  const deployments = [inline, apart].map(({ stack }): Json =>
    Object.keys(templateOf(stack).Resources).filter((key) => key.startsWith('ApiDeployment')),
  );
  expect(deployments[0]).toEqual(deployments[1]);
});
