import { type CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  ApiDefinition,
  DomainName,
  EndpointType,
  MockIntegration,
  RestApi,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { DomainName as HttpDomainName, HttpApi, HttpMethod, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration, WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApiDomain,
  type ApiDomainAdoptOptions,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestEndpointType,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
  type WebSocketAdoptOptions,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { adoptionsIn, type ApiAdoption } from '../../lib/checks/adopt/adoption';
import { movesBetween } from '../../lib/checks/adopt/moves';
import { readPlainResources } from '../../lib/template/reader/plain-resources';
import { CloudFormation } from '../support/deployments/cloudformation';
import { type Template } from '../support/deployments/template';
import { testApp } from '../support/stacks';

function template(make: (stack: Stack) => void): Template {
  const app = testApp();
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1', account: '111111111111' } });
  make(stack);
  return app.synth().getStackByName('Stack').template as Template;
}

const read = (it: Template) =>
  readPlainResources([{ file: 'Stack', template: it as unknown as Record<string, never>, bytes: 0 }]);
const adoptionsOf = (it: Template): ApiAdoption[] => adoptionsIn(read(it));
const harm = (before: Template, after: Template): string[] =>
  movesBetween(read(before), read(after)).flatMap(({ kind, what }) =>
    ['collides', 'lost', 'replaced'].includes(kind) ? [`${kind}: ${what}`] : [],
  );

/** All logical ids of an adoption. */
const idsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(idsIn);

/** Deploys one after the other; each keeps what the ids refer to, and the check has nothing to say. */
function expectKept(ids: readonly string[], before: Template, ...later: readonly Template[]): CloudFormation {
  const cloud = new CloudFormation();
  expect(cloud.deploy('Stack', before)).toEqual({ status: 'CREATE_COMPLETE' });
  const live = ids.map((id) => cloud.refOf('Stack', id));
  expect(live).not.toContain(undefined);
  later.forEach((it, index) => {
    expect(cloud.deploy('Stack', it)).toEqual({ status: 'UPDATE_COMPLETE' });
    expect(ids.map((id) => cloud.refOf('Stack', id))).toEqual(live);
    expect(harm([before, ...later][index], it)).toEqual([]);
  });
  return cloud;
}

const certificateOf = (stack: Stack) =>
  Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111111111111:certificate/a');

const restGateway = (stack: Stack, props: Partial<RestGatewayProps>) =>
  new RestGateway(stack, 'Moved', {
    defaultAuthorizer: RestAuthorizer.none('as before'),
    routes: { 'GET /': { integration: RestIntegration.mock() } },
    webAcl: WebAcl.none('as before'),
    endpointType: RestEndpointType.REGIONAL,
    ...props,
  });

test('a SpecRestApi, in one deployment, under another construct id', () => {
  const document = { openapi: '3.0.1', info: { title: 'a', version: '1' }, paths: {} };
  const before = template((stack) => {
    new SpecRestApi(stack, 'Spec', {
      apiDefinition: ApiDefinition.fromInline(document),
      endpointTypes: [EndpointType.REGIONAL],
    });
  });
  const [{ adopt }] = adoptionsOf(before);
  const after = template((stack) => void restGateway(stack, { adopt }));
  const cloud = expectKept(idsIn(adopt), before, after);
  expect(cloud.routesOf('Stack', adopt.api as string)).toEqual(['GET /']);
});

test('a SAM API, in one deployment of its processed template', () => {
  const document = { swagger: '2.0', info: { title: 'a', version: '1' }, paths: {} };
  const before: Template = {
    Resources: {
      Shop: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: document } },
      ShopDeployment0123456789: {
        Type: 'AWS::ApiGateway::Deployment',
        Properties: { RestApiId: { Ref: 'Shop' }, StageName: 'Stage' },
      },
      ShopprodStage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: 'Shop' },
          DeploymentId: { Ref: 'ShopDeployment0123456789' },
          StageName: 'prod',
        },
      },
    },
  };
  const [{ adopt }] = adoptionsOf(before);
  expectKept(
    idsIn(adopt),
    before,
    template((stack) => void restGateway(stack, { adopt })),
  );
});

describe('a RestApi with a domain name', () => {
  const before = template((stack) => {
    const api = new RestApi(stack, 'Shop', { endpointTypes: [EndpointType.REGIONAL] });
    const method = api.root.addMethod('GET', new MockIntegration());
    (method.node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.RETAIN);
    new DomainName(stack, 'Name', { domainName: 'api.example.com', certificate: certificateOf(stack), mapping: api });
  });
  const [{ adopt, domains }] = adoptionsOf(before);
  const after = (adoptedDomain: ApiDomainAdoptOptions) =>
    template((stack) => {
      const certificate = certificateOf(stack);
      const domain = new ApiDomain(stack, 'Domain', {
        domainName: 'api.example.com',
        certificate,
        adopt: adoptedDomain,
      });
      domain.map(restGateway(stack, { adopt }));
    });

  test('keeps name and mapping', () => {
    const { adopt: adoptedDomain } = domains[0];
    expectKept([...idsIn(adopt), ...idsIn(adoptedDomain)], before, after(adoptedDomain));
  });

  test('without basePathMappings collides, and the check says so', () => {
    const found = harm(before, after({ domainName: domains[0].adopt.domainName as string }));
    expect(found).toContainEqual(expect.stringContaining('has the same domain and path'));
  });
});

describe('a WebSocketApi', () => {
  const before = template((stack) => {
    const chat = new WebSocketApi(stack, 'Chat');
    chat.addRoute('send', { integration: new WebSocketMockIntegration('Mock') });
  });
  const [{ adopt }] = adoptionsOf(before);
  const after = (adopted: WebSocketAdoptOptions) =>
    template((stack) => {
      const integration = WebSocketIntegration.mock();
      new WebSocketGateway(stack, 'Moved', {
        defaultAuthorizer: WebSocketAuthorizer.iam(),
        routes: { $connect: { integration }, send: { integration } },
        adopt: adopted,
      });
    });

  test('keeps API and routes', () => {
    expectKept(idsIn(adopt), before, after(adopt));
  });

  test('without its routes collides, and the check says so', () => {
    const without = after({ api: adopt.api as string });
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    expect(cloud.deploy('Stack', without).failed?.reason).toContain('already exists');
    expect(harm(before, without)).toContainEqual(expect.stringContaining('has the same API and route key'));
  });
});

test('an HttpApi behind a domain: the mapping moves to the second API, and the path never goes', () => {
  const name = (stack: Stack) =>
    new HttpDomainName(stack, 'Name', { domainName: 'api.example.com', certificate: certificateOf(stack) });
  const integration = () => new HttpUrlIntegration('I', 'https://example.com');
  const before = template((stack) => {
    const api = new HttpApi(stack, 'Api', { defaultDomainMapping: { domainName: name(stack) } });
    api.addRoutes({ path: '/a', methods: [HttpMethod.GET], integration: integration() });
  });
  const [{ notKept }] = adoptionsOf(before);
  const mapping = /map\(gateway, \{ adopt: '(\w+)' \}\)/.exec(notKept.map(({ instead }) => instead).join())![1];
  const next = (stack: Stack) =>
    new HttpGateway(stack, 'Next', {
      defaultAuthorizer: HttpAuthorizer.none('as before'),
      routes: { 'GET /a': { integration: HttpIntegration.http('https://example.com') } },
    });
  const moved = (stack: Stack) => {
    name(stack);
    const domain = ApiDomain.fromApiDomainAttributes(stack, 'Domain', { domainName: 'api.example.com' });
    domain.map(next(stack), { adopt: mapping });
  };
  const both = template((stack) => {
    new HttpApi(stack, 'Api').addRoutes({ path: '/a', methods: [HttpMethod.GET], integration: integration() });
    moved(stack);
  });
  const nextTo = template((stack) => {
    const api = new HttpApi(stack, 'Api', { defaultDomainMapping: { domainName: name(stack) } });
    api.addRoutes({ path: '/a', methods: [HttpMethod.GET], integration: integration() });
    next(stack);
  });
  expectKept([mapping], before, nextTo, both);
  // The old API goes at the end, which is what is wanted.
  const cloud = new CloudFormation();
  for (const it of [before, nextTo, both, template(moved)]) {
    expect(cloud.deploy('Stack', it).failed).toBeUndefined();
  }
});
