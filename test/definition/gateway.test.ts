import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnParameter, Fn, NestedStack, type Stack as CdkStack, Stack, Stage } from 'aws-cdk-lib';
import { type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import fc from 'fast-check';
import {
  HttpAuthorizer,
  HttpGateway,
  type HttpGatewayProps,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
} from '../../lib';
import { DEFINITION_TYPE } from '../../lib/facts/own-resources';
import { readAssembly } from '../../lib/template/reader/assembly';
import { changes, put } from '../support/l1-mechanisms';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { resolved } from './deployed';

const REST = 'AWS::ApiGateway::RestApi';
const HTTP = 'AWS::ApiGatewayV2::Api';

function rest(stack: CdkStack, props: Partial<RestGatewayProps> = {}): RestGateway {
  return new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /': { integration: RestIntegration.lambda(fn(stack, 'Fn')) } },
    ...props,
  });
}

function http(stack: CdkStack, props: Partial<HttpGatewayProps> = {}): HttpGateway {
  return new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.lambda(fn(stack, 'Fn')) } },
    ...props,
  });
}

/** An API as the reader sees it, with its document in place, and the whole template. */
function read(app: App | Stage, type: string): { body: Json; properties: Json; template: Json; ids: string[] } {
  const { directory } = app.synth();
  const found = readAssembly(directory)
    .map(({ template }) => template as Json)
    .filter((template) => ids(template, type).length > 0);
  expect(found).toHaveLength(1);
  const { Body, ...properties } = resource(found[0], type).Properties;
  const kept = Object.keys(found[0].Resources).filter((id) => /^AWS::ApiGateway/.test(found[0].Resources[id].Type));
  return { body: resolved(Body), properties, template: found[0], ids: kept };
}

/** The same app with the document in the template and as an asset: same document, properties and logical ids. */
function same(build: (app: App, definitionAsAsset: boolean) => void, type = REST) {
  const [inline, asset] = [false, true].map((isAsset) => {
    const app = testApp();
    build(app, isAsset);
    return read(app, type);
  });
  expect(asset.body).toEqual(inline.body);
  expect(asset.properties).toEqual(inline.properties);
  expect(asset.ids).toEqual(inline.ids);
  return asset;
}

describe('the template', () => {
  test('has a function that may read the asset, and write what its key begins', () => {
    const app = testApp();
    const stack = new Stack(app, 'Stack');
    rest(stack, { definitionAsAsset: true });
    const template = templateOf(stack);
    const { Bucket, Key, Values, ServiceTimeout } = resource(template, DEFINITION_TYPE).Properties;
    expect(Bucket).toEqual({ 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' });
    expect(Key).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(existsSync(join(app.synth().directory, `asset.${Key}`))).toBe(true);
    expect(Object.keys(Values).sort()).toEqual(['AWS::Partition', 'AWS::Region', 'Fn9270CBC0.Arn']);
    expect(ServiceTimeout).toBe(240);
    const policy = resource(template, 'AWS::IAM::ManagedPolicy', /Definition/).Properties.PolicyDocument.Statement;
    const asset = `arn:aws:s3:::${resolved(Bucket)}/${Key}`;
    expect(resolved(policy).slice(0, 2)).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: asset },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: `${asset}.*` },
    ]);
    expect(policy).toHaveLength(3);
    expect(resource(template, DEFINITION_TYPE).DependsOn).toEqual([ids(template, 'AWS::IAM::ManagedPolicy')[0]]);
  });

  test('is what it was without the prop, or with false', () => {
    const [without, off] = [{}, { definitionAsAsset: false }].map((props) => {
      const stack = new Stack(testApp(), 'Stack');
      rest(stack, props);
      return templateOf(stack);
    });
    expect(off).toEqual(without);
    expect(ids(without, DEFINITION_TYPE)).toEqual([]);
  });

  test('has the location alone beside FailOnWarnings for an HTTP API', () => {
    const app = testApp();
    const stack = new Stack(app, 'Stack');
    http(stack, { definitionAsAsset: true, description: 'Orders' });
    const { BodyS3Location, ...others } = resource(templateOf(stack), HTTP).Properties;
    expect(others).toEqual({ FailOnWarnings: true });
    expect(Object.keys(BodyS3Location)).toEqual(['Bucket', 'Key']);
  });
});

describe('the document is the same as in the template', () => {
  const settings = {
    Name: fc.constantFrom('shop', 'orders'),
    Description: fc.constantFrom('text', undefined),
    BinaryMediaTypes: fc.constantFrom(['image/png'], ['*/*', 'a/b']),
    MinimumCompressionSize: fc.constantFrom(0, 1024),
    DisableExecuteApiEndpoint: fc.boolean(),
  };

  test('whatever is set on the resource, by any means and at any time', () => {
    fc.assert(
      fc.property(changes(settings), (all) => {
        same((app, definitionAsAsset) => {
          const api = rest(new Stack(app, 'Stack'), { definitionAsAsset });
          for (const change of all) put(app, api.cfnApi, change);
          api.addRoute('GET /more', { integration: RestIntegration.mock() });
        });
      }),
      { numRuns: 12 },
    );
  });

  test.each<[string, (api: CfnRestApi) => void, (body: Json) => unknown, unknown]>([
    [
      'an override',
      (api) => api.addPropertyOverride('Body.paths./.get.summary', Fn.ref('AWS::Region')),
      ({ paths }) => paths['/'].get.summary,
      'eu-west-1',
    ],
    [
      'an override of all properties',
      (api) => api.addOverride('Properties', { Body: { info: { version: '2' } }, Name: 'x' }),
      ({ info }) => [info.version, info.title],
      ['2', 'x'],
    ],
    [
      'a deletion',
      (api) => api.addPropertyDeletionOverride('Body.paths./.get.security'),
      ({ paths }) => paths['/'].get.security,
      undefined,
    ],
    [
      'another document',
      (api) => (api.body = { openapi: '3.0.1', info: { title: 'x', version: '1' }, paths: {} }),
      ({ paths }) => paths,
      {},
    ],
  ])('with %s', (_name, change, pick, expected) => {
    const { body } = same((app, definitionAsAsset) => {
      change(rest(new Stack(app, 'Stack'), { definitionAsAsset }).cfnApi);
    });
    expect(pick(body)).toEqual(expected);
  });

  test.each(['Name', 'Description', 'CorsConfiguration', 'Tags'])('of an HTTP API with an override of %s', (name) => {
    const value = { CorsConfiguration: { AllowOrigins: ['https://a.example'] }, Tags: { a: 'b' } }[name] ?? 'x';
    same((app, definitionAsAsset) => {
      const api = http(new Stack(app, 'Stack'), { definitionAsAsset });
      api.cfnApi.addPropertyOverride(name, value);
      api.cfnApi.addPropertyOverride('Body.info.version', '7');
    }, HTTP);
  });

  test('with functions of another stack', () => {
    const { template } = same((app, definitionAsAsset) => {
      const other = fn(new Stack(app, 'Other'), 'Far');
      rest(new Stack(app, 'Stack'), {
        definitionAsAsset,
        routes: { 'GET /': { integration: RestIntegration.lambda(other) } },
      });
    });
    const { Values } = resource(template, DEFINITION_TYPE).Properties;
    const far = Object.entries<Json>(Values).filter(([, value]) => value['Fn::ImportValue']);
    expect(far.map(([name]) => name)).toEqual([expect.stringMatching(/^!Other:ExportsOutputFnGetAttFar.*Arn/)]);
  });

  test('in a nested stack, with functions of its parent', () => {
    same((app, definitionAsAsset) => {
      const parent = new Stack(app, 'Parent');
      const integration = RestIntegration.lambda(fn(parent, 'Fn'));
      rest(new NestedStack(parent, 'Nested'), { definitionAsAsset, routes: { 'GET /': { integration } } });
    });
  });

  test('in a Stage, whose assets are those of the app', () => {
    same((app, definitionAsAsset) => void rest(new Stack(new Stage(app, 'Prod'), 'Stack'), { definitionAsAsset }));
  });

  test('with parameters and conditions', () => {
    same((app, definitionAsAsset) => {
      const stack = new Stack(app, 'Stack');
      const name = new CfnParameter(stack, 'Name');
      rest(stack, {
        definitionAsAsset,
        apiName: `${name.valueAsString}-api`,
        description: Fn.select(0, ['a', name.valueAsString]),
      });
    });
  });

  test('without validation', () => {
    const [inline, asset] = [false, true].map((definitionAsAsset) => {
      const app = testApp();
      rest(new Stack(app, 'Stack'), { definitionAsAsset });
      const [{ template }] = readAssembly(app.synth({ skipValidation: true }).directory);
      return resolved((resource(template, REST) as Json).Properties.Body);
    });
    expect(asset).toEqual(inline);
    expect(inline.paths['/']).toBeDefined();
  });
});

describe('what changes', () => {
  const keyOf = (build: (stack: Stack) => void): [key: string, deployment: string, values: Json] => {
    const stack = new Stack(testApp(), 'Stack');
    build(stack);
    const template = templateOf(stack);
    const { Key, Values } = resource(template, DEFINITION_TYPE).Properties;
    return [Key, ids(template, 'AWS::ApiGateway::Deployment')[0], Values];
  };

  test('a route makes another asset and another deployment', () => {
    const [before, after] = [false, true].map((isMore) =>
      keyOf((stack) => {
        const api = rest(stack, { definitionAsAsset: true });
        if (isMore) api.addRoute('GET /more', { integration: RestIntegration.mock() });
      }),
    );
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test('another function makes another value, and another deployment', () => {
    const [before, after] = [{}, { logicalId: 'New' }].map(({ logicalId }: { logicalId?: string }) =>
      keyOf((stack) => {
        rest(stack, { definitionAsAsset: true });
        const made = stack.node.findChild('Fn').node.defaultChild as CfnFunction;
        if (logicalId) made.overrideLogicalId(logicalId);
      }),
    );
    expect(Object.keys(after[2])).toContain('New.Arn');
    expect(Object.keys(before[2])).not.toContain('New.Arn');
    expect(after[1]).not.toBe(before[1]);
  });
});

describe('limits', () => {
  const long = 'x'.repeat(100_000);
  const described = (count: number) => Array.from({ length: count }, (_, index) => [`GET /r${index}`, long] as const);

  function errorsOf(kind: 'rest' | 'http', count: number, definitionAsAsset: boolean): string {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const api = kind === 'rest' ? rest(stack, { definitionAsAsset }) : http(stack, { definitionAsAsset });
    for (const [key, description] of described(count)) {
      if (api instanceof RestGateway) api.addRoute(key, { integration: RestIntegration.mock(), description });
      else api.addRoute(key, { integration: HttpIntegration.http('https://a.example'), description });
    }
    try {
      app.synth();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }

  test.each(['rest', 'http'] as const)(
    '%s: a document too large for a template names the prop, which heals it',
    (kind) => {
      expect(errorsOf(kind, 8, false)).toMatch(
        /the OpenAPI document is 80\d KB, and a template takes 1000 KB in all; set definitionAsAsset: true,/,
      );
      expect(errorsOf(kind, 8, true)).toBe('');
    },
  );

  test.each(['rest', 'http'] as const)('%s: what API Gateway does not import is an error', (kind) => {
    expect(errorsOf(kind, 63, true)).toContain(
      'the OpenAPI definition has 6.0 MB, and API Gateway imports at most 6 MB; split the API by its first path segments',
    );
    expect(errorsOf(kind, 62, true)).toBe('');
  });

  test.each([
    [3500, undefined],
    [4200, /has 4203 values that only the deployment knows, about \d+ KB; .* AWS Lambda accepts 1 MB/],
  ])('%d values: whether an event may not hold them is a warning', (count, message) => {
    const app = testApp();
    const api = rest(new Stack(app, 'Stack'), { definitionAsAsset: true });
    for (let index = 0; index < count; index++) {
      api.addRoute(`GET /r${index}`, { integration: RestIntegration.mock(), description: Fn.importValue(`v${index}`) });
    }
    app.synth();
    const warnings = api.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:warning')
      .map(({ data }) => String(data));
    if (message) expect(warnings).toEqual([expect.stringMatching(message)]);
    else expect(warnings).toEqual([]);
  });

  test('a secret in the document is an error of the gateway', () => {
    const app = new App();
    rest(new Stack(app, 'Stack'), { definitionAsAsset: true, description: '{{resolve:secretsmanager:key}}' });
    expect(() => app.synth()).toThrow(/RestGateway 'Api': the definition contains \{\{resolve:secretsmanager:key\}\}/);
  });
});
