import { App, Duration, type Stack } from 'aws-cdk-lib';
import { AttributeType, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { EXAMPLES } from '../../examples/examples';
import {
  DynamoDbAttributeType as Type,
  DynamoDbValue as Value,
  RequestValue as From,
  RestIntegration,
  WebSocketIntegration,
} from '../../lib';
import { fn, gateway, type Json, templateOf } from '../support/stacks';
import { deployed } from '../support/velocity';
import { gateway as webSocketGateway } from '../websocket/support';

/** Attributes whose names are methods or properties of Java's maps, beside plain ones. */
export const ATTRIBUTES = {
  id: Type.STRING,
  class: Type.STRING,
  get: Type.STRING,
  entrySet: Type.STRING,
  S: Type.STRING,
  size: Type.NUMBER,
  keySet: Type.NUMBER,
  empty: Type.BOOLEAN,
  isEmpty: Type.BOOLEAN,
  contains: Type.STRING_LIST,
  tags: Type.STRING_SET,
};

const item = {
  id: Value.string(From.bodyField('$.id')),
  maybe: Value.optionalString(From.bodyField('$.maybe')),
  count: Value.number(From.bodyField('$.count')),
  open: Value.boolean(From.bodyField('$.open')),
  whole: Value.string(From.body()),
  tenant: Value.string(From.authorizerContext('class')),
  role: Value.string(From.authorizerContext('claims.custom:size')),
  expires: Value.expiry(Duration.hours(1)),
  tags: Value.stringSet(From.bodyField('$.tags')),
  lines: Value.stringList(From.bodyField('$.lines')),
  more: Value.map({ none: Value.nothing(), all: Value.list([Value.string(From.bodyField('$.id'))]) }),
};
const key = { id: Value.string(From.bodyField('$.id')) };
const query = { keyCondition: 'id = :id', expressionValues: { ':id': key.id } };
const page = { pageToken: From.query('subject'), pageKey: { id: Type.STRING, size: Type.NUMBER } };
const changes = {
  set: {
    maybe: Value.optionalString(From.bodyField('$.maybe')),
    price: Value.optionalNumber(From.bodyField('$.count')),
  },
  add: { count: Value.number(From.literal('-1')) },
};
const condition = { condition: 'attribute_not_exists(#i)', expressionNames: { '#i': 'id' } };
const message = { messageAttributes: { a: From.bodyField('$.id'), b: From.literal('$x #y &z') } };
const answers = [{ statusCode: 200, templates: { 'application/json': "$input.json('$')" } }];

function table(scope: Stack, id: string): Table {
  return new Table(scope, id, { partitionKey: { name: 'id', type: AttributeType.STRING } });
}

const imported = (scope: Stack, id: string): ITable => Table.fromTableName(scope, id, 'orders');

function machine(scope: Stack, id: string, stateMachineType = StateMachineType.EXPRESS): StateMachine {
  const definitionBody = DefinitionBody.fromChainable(new Pass(scope, `${id}Pass`));
  return new StateMachine(scope, id, { definitionBody, stateMachineType });
}

/** Every integration of REST APIs that has templates, by the name of its factory. */
export const REST: Readonly<Record<string, (scope: Stack, id: string) => RestIntegration[]>> = {
  mock: () => [RestIntegration.mock({ body: '{"id":"$util.escapeJavaScript($context.requestId)"}' })],
  sqs: (scope, id) => [
    RestIntegration.sqs(new Queue(scope, id, { fifo: true }), {
      ...message,
      messageGroupId: From.path('id'),
      messageDeduplicationId: From.header('Idempotency-Key'),
    }),
  ],
  sns: (scope, id) => [RestIntegration.sns(new Topic(scope, id), { ...message, subject: From.query('subject') })],
  eventBridge: (scope, id) => [
    RestIntegration.eventBridge(new EventBus(scope, id), { source: 'a$b#c', detailType: From.query('subject') }),
  ],
  kinesis: (scope, id) => [RestIntegration.kinesis(new Stream(scope, id), { partitionKey: From.path('id') })],
  dynamoDbGet: (scope, id) => [
    RestIntegration.dynamoDbGet(table(scope, id), { key, attributes: ATTRIBUTES }),
    RestIntegration.dynamoDbGet(table(scope, `${id}Whole`), { key }),
  ],
  dynamoDbQuery: (scope, id) => [
    RestIntegration.dynamoDbQuery(table(scope, id), { ...query, attributes: ATTRIBUTES }),
    RestIntegration.dynamoDbQuery(table(scope, `${id}Whole`), query),
    RestIntegration.dynamoDbQuery(imported(scope, `${id}Page`), { ...query, ...page }),
  ],
  dynamoDbScan: (scope, id) => [
    RestIntegration.dynamoDbScan(table(scope, id), { attributes: ATTRIBUTES }),
    RestIntegration.dynamoDbScan(imported(scope, `${id}Page`), {
      ...page,
      filter: 'id > :id',
      expressionValues: { ':id': key.id },
    }),
  ],
  dynamoDbUpdate: (scope, id) => [
    RestIntegration.dynamoDbUpdate(table(scope, id), { key, ...changes }),
    RestIntegration.dynamoDbUpdate(table(scope, `${id}If`), { key, ...condition, ...changes, attributes: ATTRIBUTES }),
    RestIntegration.dynamoDbUpdate(table(scope, `${id}Patch`), { key, set: changes.set, mustExist: false }),
  ],
  dynamoDbPut: (scope, id) => [RestIntegration.dynamoDbPut(table(scope, id), { item, ...condition })],
  dynamoDbDelete: (scope, id) => [RestIntegration.dynamoDbDelete(table(scope, id), { key, ...condition })],
  s3Get: () => [],
  s3Put: (scope, id) => [RestIntegration.s3Put(new Bucket(scope, id), { key: From.path('id') })],
  stepFunctionsStart: (scope, id) => [
    RestIntegration.stepFunctionsStart(machine(scope, id), { executionName: From.path('id') }),
  ],
  stepFunctionsDescribe: (scope, id) => [
    RestIntegration.stepFunctionsDescribe(machine(scope, id, StateMachineType.STANDARD), {
      executionName: From.path('id'),
    }),
  ],
  stepFunctionsStartSync: (scope, id) => [RestIntegration.stepFunctionsStartSync(machine(scope, id))],
  aws: () => [
    RestIntegration.aws({
      service: 'dynamodb',
      action: 'ListTables',
      iamActions: ['dynamodb:ListTables'],
      resources: ['*'],
    }),
  ],
  lambdaCustom: (scope, id) => [
    RestIntegration.lambdaCustom(fn(scope, id), {
      requestTemplates: { 'application/json': "$input.json('$')" },
      responses: answers,
    }),
  ],
  httpCustom: () => [
    RestIntegration.httpCustom('https://example.com', {
      requestTemplates: { 'application/json': "$input.json('$')" },
      responses: [{ statusCode: 200 }],
    }),
  ],
};

/** Every integration of WebSocket APIs that has templates, by the name of its factory. */
export const WEBSOCKET: Readonly<Record<string, (scope: Stack, id: string) => WebSocketIntegration[]>> = {
  mock: () => [WebSocketIntegration.mock({ body: '{"ok":true}' })],
  sqs: (scope, id) => [WebSocketIntegration.sqs(new Queue(scope, id), message)],
  dynamoDbGet: (scope, id) => [
    WebSocketIntegration.dynamoDbGet(table(scope, id), { key, attributes: ATTRIBUTES }),
    WebSocketIntegration.dynamoDbGet(table(scope, `${id}Whole`), { key }),
  ],
  dynamoDbQuery: (scope, id) => [
    WebSocketIntegration.dynamoDbQuery(table(scope, id), { ...query, attributes: ATTRIBUTES }),
  ],
  dynamoDbScan: (scope, id) => [WebSocketIntegration.dynamoDbScan(table(scope, id), { attributes: ATTRIBUTES })],
  dynamoDbUpdate: (scope, id) => [WebSocketIntegration.dynamoDbUpdate(table(scope, id), { key, ...changes })],
  dynamoDbPut: (scope, id) => [WebSocketIntegration.dynamoDbPut(table(scope, id), { item, ...condition })],
  dynamoDbDelete: (scope, id) => [WebSocketIntegration.dynamoDbDelete(table(scope, id), { key, ...condition })],
  stepFunctionsStart: (scope, id) => [
    WebSocketIntegration.stepFunctionsStart(machine(scope, id), { executionName: From.connectionId() }),
  ],
  aws: () => [
    WebSocketIntegration.aws({
      service: 'dynamodb',
      action: 'ListTables',
      iamActions: ['dynamodb:ListTables'],
      resources: ['*'],
      requestTemplate: '{}',
    }),
  ],
};

/** Integrations that pass request and answer on as they are. */
export const PROXIES = [
  'lambda',
  'lambdaByStage',
  'http',
  'alb',
  'albLoadBalancer',
  'nlb',
  'nlbLoadBalancer',
  'nlbLink',
];

/** The Velocity templates in a CloudFormation template, as they are deployed: place → text. */
export function templatesIn({ Resources }: Json): Record<string, string> {
  const found: Record<string, string> = {};
  const take = (at: string, templates: Record<string, Json> = {}) => {
    for (const [type, text] of Object.entries(templates)) found[`${at} ${type}`] = deployed(text);
  };
  for (const [id, { Type, Properties }] of Object.entries<Json>(Resources)) {
    if (Type.startsWith('AWS::ApiGatewayV2::Integration')) {
      take(id, Properties.RequestTemplates);
      take(id, Properties.ResponseTemplates);
    }
    if (Type !== 'AWS::ApiGateway::RestApi') continue;
    for (const [path, methods] of Object.entries<Json>(deployed(Properties.Body).paths))
      for (const [method, { 'x-amazon-apigateway-integration': integration }] of Object.entries<Json>(methods)) {
        take(`${method} ${path}`, integration.requestTemplates);
        for (const [pattern, { responseTemplates }] of Object.entries<Json>(integration.responses ?? {}))
          take(`${method} ${path} ${pattern}`, responseTemplates);
      }
  }
  return found;
}

/** All that the library writes into templates: of every integration, and of the examples. */
export function everyTemplate(): Record<string, string> {
  const rest = gateway({ cors: { allowOrigins: ['https://a.example.com', 'https://b.example.com'] } });
  for (const [name, make] of Object.entries(REST))
    make(rest.stack, `Rest-${name}`).forEach((integration, index) => {
      rest.api.addRoute(`POST /${name}/${index}/{id}`, { integration });
    });
  const sockets = webSocketGateway();
  for (const [name, make] of Object.entries(WEBSOCKET))
    make(sockets.stack, `Socket-${name}`).forEach((integration, index) => {
      sockets.api.addRoute(`${name}${index}`, { integration, returnResponse: true });
    });
  const all = { ...templatesIn(templateOf(rest.stack)), ...templatesIn(templateOf(sockets.stack)) };
  for (const [name, make] of Object.entries(EXAMPLES)) {
    const app = new App();
    make(app);
    for (const { stackName, template } of app.synth().stacks)
      for (const [at, text] of Object.entries(templatesIn(template))) all[`${name} ${stackName} ${at}`] = text;
  }
  return all;
}
