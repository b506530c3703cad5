import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { App, type InjectionContext, type IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct, type IConstruct } from 'constructs';
import * as library from '../../lib';
import {
  ApiDomain,
  ApiGatewayAccountLogging,
  ConnectionBroadcaster,
  ConnectionStore,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { type Json, testApp } from '../support/stacks';
import { assemblyIn } from '../support/assembly';

const ROOT = join(__dirname, '..', '..');

/** What was asked of an injector: ids of constructs. */
function injecting(scope: IConstruct, type: { readonly PROPERTY_INJECTION_ID: string }, defaults: object): string[] {
  const asked: string[] = [];
  const injector: IPropertyInjector = {
    constructUniqueId: type.PROPERTY_INJECTION_ID,
    inject: (given: object | undefined, context: InjectionContext): object => {
      asked.push(context.id);
      return { ...defaults, ...given };
    },
  };
  PropertyInjectors.of(scope).add(injector);
  return asked;
}

const zoneOf = (stack: Stack) =>
  HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const routes = { 'GET /': { integration: RestIntegration.mock() } };
const authorized = { defaultAuthorizer: RestAuthorizer.iam(), webAcl: WebAcl.none('test') };
const chat = (scope: Construct, props = {}) =>
  new WebSocketGateway(scope, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: WebSocketIntegration.mock() } },
    ...props,
  });

interface Case {
  readonly type: { readonly PROPERTY_INJECTION_ID: string };
  readonly defaults: (stack: Stack) => object;
  readonly make: (stack: Stack) => unknown;
  readonly id: string;
  /** What the defaults put into the template. */
  readonly shows: readonly [string, object];
}

const CASES: Readonly<Record<string, Case>> = {
  RestGateway: {
    type: RestGateway,
    defaults: () => ({ ...authorized, description: 'by default' }),
    make: (stack) => new RestGateway(stack, 'Api', { routes }),
    id: 'Api',
    shows: ['AWS::ApiGateway::RestApi', { Description: 'by default' }],
  },
  HttpGateway: {
    type: HttpGateway,
    defaults: () => ({ defaultAuthorizer: HttpAuthorizer.iam(), disableExecuteApiEndpoint: true }),
    make: (stack) =>
      new HttpGateway(stack, 'Api', {
        routes: { 'GET /': { integration: HttpIntegration.http('https://example.com') } },
      }),
    id: 'Api',
    shows: ['AWS::ApiGatewayV2::Api', {}],
  },
  WebSocketGateway: {
    type: WebSocketGateway,
    defaults: () => ({ description: 'by default' }),
    make: (stack) => chat(stack),
    id: 'Chat',
    shows: ['AWS::ApiGatewayV2::Api', { Description: 'by default' }],
  },
  ApiDomain: {
    type: ApiDomain,
    defaults: () => ({ securityPolicy: 'TLS_1_2' }),
    // The one that a gateway makes for its own prop.
    make: (stack) =>
      new RestGateway(stack, 'Api', {
        ...authorized,
        routes,
        domain: { domainName: 'api.example.com', hostedZone: zoneOf(stack) },
      }),
    id: 'Domain',
    shows: ['AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2' }],
  },
  ConnectionStore: {
    type: ConnectionStore,
    defaults: () => ({ removalPolicy: 'retain' }),
    make: (stack) => new ConnectionStore(stack, 'Store'),
    id: 'Store',
    shows: ['AWS::DynamoDB::Table', {}],
  },
  ConnectionBroadcaster: {
    type: ConnectionBroadcaster,
    defaults: () => ({ memorySize: 1024 }),
    make: (stack) => new ConnectionStore(stack, 'Store').broadcaster({ gateway: chat(stack) }),
    id: 'Broadcaster-Store',
    shows: ['AWS::Lambda::Function', { MemorySize: 1024 }],
  },
  ApiGatewayAccountLogging: {
    type: ApiGatewayAccountLogging,
    defaults: (stack) => ({ role: Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/logs') }),
    make: (stack) => ApiGatewayAccountLogging.of(stack),
    id: 'ApiGatewayAccountLogging',
    shows: ['Custom::ApiGatewayAccountLogging', { CloudWatchRoleArn: 'arn:aws:iam::111122223333:role/logs' }],
  },
};

describe('property injectors of the CDK', () => {
  test('know every construct of the public surface by its name', () => {
    const { types, name } = assemblyIn(ROOT) as Json;
    const constructs = Object.values<Json>(types).filter(
      ({ kind, abstract, base, initializer }) =>
        kind === 'class' && !abstract && base === 'constructs.Construct' && initializer,
    );
    expect(constructs.map((type) => type.name).sort()).toEqual(Object.keys(CASES).sort());
    for (const type of constructs) {
      const made = (library as Json)[type.name];
      expect([type.name, made.PROPERTY_INJECTION_ID]).toEqual([type.name, `${name}.${type.name}`]);
    }
  });

  test.each(Object.entries(CASES))('give a %s its defaults', (_, { type, defaults, make, id, shows }) => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
    const asked = injecting(stack.node.root, type, defaults(stack));
    make(stack);
    expect(asked).toEqual([id]);
    Template.fromStack(stack).hasResourceProperties(...shows);
  });

  test('give defaults to all gateways of an app, in whichever stack, and what is written wins', () => {
    const app = testApp();
    injecting(app, RestGateway, { ...authorized, description: 'by default' });
    const of = (id: string, props: RestGatewayProps) =>
      new RestGateway(new Stack(app, id), 'Api', { routes, ...props });
    const [plain, written] = [of('A', {}), of('B', { description: 'written' })];
    expect([plain, written].map(({ cfnApi }) => cfnApi.description)).toEqual(['by default', 'written']);
  });

  test('reach a gateway without props', () => {
    const app = testApp();
    const asked = injecting(app, RestGateway, { ...authorized, routes });
    new RestGateway(new Stack(app, 'Stack'), 'Plain');
    expect(asked).toEqual(['Plain']);
  });

  test('reach the gateway of an OpenAPI document once, before the document is read', () => {
    const open = { openapi: '3.0.1', info: { title: 'a', version: '1' }, paths: { '/a': { get: { responses: {} } } } };
    const definition = library.OpenApiDefinition.fromObject(open);
    for (const [type, integration, authorizer] of [
      [RestGateway, RestIntegration.http('https://example.com'), RestAuthorizer.iam()],
      [HttpGateway, HttpIntegration.http('https://example.com'), HttpAuthorizer.iam()],
    ] as const) {
      const stack = new Stack(testApp(), 'Stack');
      const more = type === RestGateway ? { webAcl: WebAcl.none('test') } : {};
      const props = { definition, defaultIntegration: integration, ...more } as Json;
      expect(() => type.fromOpenApi(stack, 'Without', props)).toThrow('is open in the document');
      const asked = injecting(stack, type, { defaultAuthorizer: authorizer, apiName: 'injected' });
      const made = type.fromOpenApi(stack, 'Described', props);
      expect(asked).toEqual(['Described']);
      expect(Template.fromStack(stack).toJSON().Resources[stack.getLogicalId(made.cfnApi)].Properties).toMatchObject(
        type === RestGateway ? { Name: 'injected' } : { Body: { info: { title: 'injected' } } },
      );
    }
  });

  test('are checked as if their props were written', () => {
    const app = testApp();
    const at = (id: string, type: Case['type'], props: object) => {
      const stack = new Stack(app, id);
      injecting(stack, type, props);
      return stack;
    };
    expect(
      () => new RestGateway(at('A', RestGateway, { descripton: 'misspelt' }), 'Api', { ...authorized, routes }),
    ).toThrow(/RestGateway 'Api': .*descripton/);
    expect(
      () => new RestGateway(at('B', RestGateway, { documentationVersion: '' }), 'Api', { ...authorized, routes }),
    ).toThrow(`RestGateway 'Api': documentationVersion must be 1 to 64 characters, got: ""`);
    expect(() => chat(at('C', WebSocketGateway, { cors: {} }))).toThrow(/WebSocketGateway 'Chat': .*cors/);
    expect(() => new ConnectionStore(at('D', ConnectionStore, { encryption: 'own' }), 'Store')).toThrow(
      /ConnectionStore 'Store': .*encryption/,
    );
  });

  test('reach subclasses, whose own props pass', () => {
    interface OurProps extends RestGatewayProps {
      readonly team?: string;
    }
    class OurGateway extends RestGateway {
      public readonly team?: string;

      constructor(scope: Construct, id: string, props: OurProps) {
        super(scope, id, props);
        this.team = props.team;
      }
    }
    const stack = new Stack(testApp(), 'Stack');
    const asked = injecting(stack, RestGateway, { description: 'by default' });
    const ours = new OurGateway(stack, 'Api', { ...authorized, routes, team: 'shop' });
    expect(asked).toEqual(['Api']);
    expect([ours.team, ours.cfnApi.description]).toEqual(['shop', 'by default']);
    expect(ours).toBeInstanceOf(OurGateway);
    expect(ours).toBeInstanceOf(RestGateway);
    expect(ours).toBeInstanceOf(Construct);
  });

  test('leave the class as it was: its name, its static methods, what its errors are called', () => {
    for (const name of Object.keys(CASES)) expect((library as Json)[name].name).toBe(name);
    const stack = new Stack(testApp(), 'Stack');
    // Of the class itself, props that it does not have are wrong; a subclass may have them.
    const wrong = { ...authorized, routes, team: 'shop' } as Json;
    expect(() => new RestGateway(stack, 'Api', wrong)).toThrow(/RestGateway 'Api': .*team/);
  });

  test('cost no module that an L2 of the CDK does not load', () => {
    const program = `
      const files = () => Object.keys(require.cache).filter((file) => /prop-inject/.test(file));
      const { App, Stack } = require('aws-cdk-lib');
      const { Queue } = require('aws-cdk-lib/aws-sqs');
      const stack = new Stack(new App(), 'Stack');
      new Queue(stack, 'Queue');
      const known = files();
      const { RestGateway, ConnectionStore } = require('./lib');
      new ConnectionStore(stack, 'Store');
      console.log(JSON.stringify({ known: known.length > 0, more: files().filter((file) => !known.includes(file)) }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
    expect([stderr, JSON.parse(stdout || 'null')]).toEqual(['', { known: true, more: [] }]);
  });
});
