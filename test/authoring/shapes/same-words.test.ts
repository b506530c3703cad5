import * as library from '../../../lib';
import { adviceFor } from '../../../lib/authoring/shapes/foreign';
import { FAMILIES, KINDS, membersOf, methodsOf, neutral, ofKind, signatureOf } from './kinds';
import { type AssemblyMethod, type Declared, propertiesOf } from './support';

/** What users do → the word for it, in every kind that can do it. */
const WORDS: Readonly<Record<string, string>> = {
  'call a function': 'Integration.lambda',
  'call the function of the stage': 'Integration.lambdaByStage',
  'call a URL': 'Integration.http',
  'call the listener of an Application Load Balancer': 'Integration.alb',
  'call the listener of a Network Load Balancer': 'Integration.nlb',
  'call a Network Load Balancer through a VPC link V1': 'Integration.nlbLink',
  'answer without a back end': 'Integration.mock',
  'send a message to a queue': 'Integration.sqs',
  'put an event that starts it on a bus': 'Integration.eventBridge',
  'put a record on a stream': 'Integration.kinesis',
  'read an item': 'Integration.dynamoDbGet',
  'start a state machine': 'Integration.stepFunctionsStart',
  'run a state machine and wait': 'Integration.stepFunctionsStartSync',
  'call any other service': 'Integration.aws',
  'ask a function': 'Authorizer.lambda',
  'ask for tokens of Amazon Cognito': 'Authorizer.cognito',
  'ask for tokens of any issuer': 'Authorizer.jwt',
  'ask for a signature': 'Authorizer.iam',
  'ask for nothing': 'Authorizer.none',
  'name the API': 'GatewayOptions.apiName',
  'choose who asks on all routes': 'GatewayOptions.defaultAuthorizer',
  'name the user pools': 'CognitoAuthorizerOptions.userPools',
  'say where the identity of a caller is': 'LambdaAuthorizerOptions.identitySources',
  'name a stage': 'StageOptions.stageName',
  'know the id of the API': 'Gateway.apiId',
  'give the API to other constructs': 'Gateway.api',
  'override the resource of the API': 'Gateway.cfnApi',
  'override the resource of a stage': 'Gateway.cfnStage',
  'know the URL of a stage': 'Gateway.urlForStage',
  'let someone call routes': 'Gateway.grantExecute',
  'start from a document': 'Gateway.fromOpenApi',
};

/** Members of instances that not all kinds have, and why. What they lack of static methods and of options has advice in the library. */
const NOT_IN_ALL: Readonly<Record<string, string>> = {
  'Gateway.apiKey': 'HTTP APIs have no API keys',
  'Gateway.addApiKey': 'HTTP APIs have no API keys',
  'Gateway.addUsagePlan': 'HTTP APIs have no usage plans',
  'Gateway.addRouteGroup': 'routes of WebSocket APIs have no path, and only $connect has an authorizer',
  'Gateway.usagePlan': 'HTTP APIs have no usage plans',
  'Gateway.cfnUsagePlan': 'HTTP APIs have no usage plans',
  'Gateway.cfnApiKey': 'HTTP APIs have no API keys',
  'Gateway.cfnAuthorizer': 'only of WebSocket APIs it is a resource, and no part of a document',
  'Gateway.cfnAuthorizerFunction': 'HTTP APIs check tokens without a function',
  'Gateway.cfnCanaryAlarm': 'only stages of REST APIs have canaries',
  'Gateway.cfnCanaryMachine': 'only stages of REST APIs have canaries',
  'Gateway.cfnExecutionLogGroup': 'HTTP APIs have no execution log',
  'Gateway.cfnIntegration': 'only of WebSocket APIs it is a resource, and no part of a document',
  'Gateway.cfnRoute': 'only of WebSocket APIs it is a resource, and no part of a document',
  'Gateway.cfnWebAcl': 'only REST APIs can have a web ACL',
  'Gateway.cfnWebAclAssociation': 'only REST APIs can have a web ACL',
  'Gateway.webAclArn': 'only REST APIs can have a web ACL',
  'Gateway.grantInvalidateCache': 'only REST APIs have a cache',
  'Gateway.callbackUrl': 'only WebSocket APIs speak first',
  'Gateway.grantManageConnections': 'only WebSocket APIs speak first',
  'Gateway.metricCount': 'WebSocket APIs count ConnectCount and MessageCount in place of Count',
  'Gateway.metricLatency': 'CloudWatch has no such metric of WebSocket APIs',
  'Gateway.metricServerError': 'WebSocket APIs count ExecutionError and IntegrationError in place of 5XXError',
  'Gateway.metricDataProcessed': 'only HTTP APIs count DataProcessed',
  'Gateway.metricCacheHitCount': 'only REST APIs have a cache',
  'Gateway.metricCacheMissCount': 'only REST APIs have a cache',
  'Gateway.metricConnectCount': 'only WebSocket APIs have connections',
  'Gateway.metricMessageCount': 'only WebSocket APIs have messages',
  'Gateway.metricExecutionError': 'only WebSocket APIs count ExecutionError',
  'Gateway.metricIntegrationError': 'only WebSocket APIs count IntegrationError',
};

/** What has one name and two shapes, and why. */
const OTHER_SHAPE: Readonly<Record<string, string>> = {
  'HttpIntegrationOptions.requestParameters':
    'HTTP APIs append, overwrite and remove headers, query parameters and the path; other kinds set them',
  'GatewayAttributes.stages': 'a stage of a WebSocket API has a URL for the back end too',
};

const CLASSES = FAMILIES.filter((family) => KINDS.some((kind) => ofKind(kind, family)?.kind === 'class'));
const STRUCTS = FAMILIES.filter((family) => KINDS.some((kind) => ofKind(kind, family)?.datatype));
const allOf = (family: string): Declared[] => KINDS.flatMap((kind) => ofKind(kind, family) ?? []);
const isStatic = (member: object): boolean => 'static' in member && member.static === true;
const names = (type: Declared): string[] => membersOf(type).map(({ name }) => name);

/** CDK names such methods after the class: `fromRestGatewayAttributes`. */
const withoutKind = (name: string): string => name.replace(/^from(Rest|Http|WebSocket)(?=Gateway)/, 'from');

/** Members that another kind's class has, and this one lacks. */
const lackingIn = (family: string, type: Declared, ofClass: boolean): string[] => {
  const others = allOf(family).flatMap((other) => membersOf(other).filter((one) => isStatic(one) === ofClass));
  const own = names(type).map(withoutKind);
  return [...new Set(others.map(({ name }) => withoutKind(name)))].filter((name) => !own.includes(name));
};

test('there are families of all sorts', () => {
  expect(CLASSES).toEqual(expect.arrayContaining(['Authorizer', 'Gateway', 'Integration']));
  expect(STRUCTS.length).toBeGreaterThan(25);
});

test.each(Object.entries(WORDS))('to %s is %s in every kind that can', (_, word) => {
  const [family, member] = word.split('.');
  const having = allOf(family).filter((type) =>
    type.datatype ? propertiesOf(type).some(({ name }) => name === member) : names(type).includes(member),
  );
  const without = allOf(family).filter((type) => !having.includes(type));
  expect(having.length).toBeGreaterThan(1);
  for (const { name } of without) expect(adviceFor(name)).toHaveProperty(member);
});

describe.each(CLASSES.flatMap((family) => allOf(family).map((type) => [type.name, family, type] as const)))(
  '%s',
  (name, family, type) => {
    const lacking = lackingIn(family, type, true);
    const advice = adviceFor(name);

    test('has its static methods under the names of the other kinds, or says what to write instead', () => {
      // A new method of one kind: give it the name that the others have, or say in lib/authoring/shapes/foreign what to write.
      expect(Object.keys(advice)).toEqual(expect.arrayContaining(lacking));
      const Class = library[name as keyof typeof library] as unknown as Record<string, () => unknown>;
      for (const [method, text] of Object.entries(advice)) {
        expect(text.length).toBeGreaterThan(20);
        expect(() => Class[method]()).toThrow(`${name}.${method}: ${text}`);
        expect(Object.keys(Class)).not.toContain(method);
      }
    });

    test('has no advice on what it has', () => {
      expect(Object.keys(advice).filter((method) => (type.methods ?? []).some((own) => own.name === method))).toEqual(
        [],
      );
    });

    test('has its other members under the names of the other kinds', () => {
      const known = Object.keys(NOT_IN_ALL);
      expect(lackingIn(family, type, false).filter((member) => !known.includes(`${family}.${member}`))).toEqual([]);
    });
  },
);

test('what not all kinds have is what some lack and some have', () => {
  for (const word of Object.keys(NOT_IN_ALL)) {
    const [family, member] = word.split('.');
    const having = allOf(family).filter((type) => names(type).includes(member));
    expect([word, having.length > 0 && having.length < allOf(family).length]).toEqual([word, true]);
  }
});

test.each(CLASSES)('methods of one name take and give the same in each %s', (family) => {
  const bySignature = (name: string) => {
    const methods = allOf(family).flatMap((type) => methodsOf(type).filter((method) => method.name === name));
    // The CDK has an interface of its own for the stages of each kind.
    const text = (method: AssemblyMethod) => signatureOf(method).replace(/\.I(Http|WebSocket)?Stage$/, '.IStage');
    return [...new Set(methods.map(text))];
  };
  const all = [...new Set(allOf(family).flatMap((type) => methodsOf(type).map(({ name }) => name)))];
  expect(all.map((name) => [name, bySignature(name)]).filter(([, signatures]) => signatures.length > 1)).toEqual([]);
});

test.each(STRUCTS)('options of one name are of one shape in each %s', (family) => {
  const shapes = new Map<string, Set<string>>();
  for (const { name, optional, type } of allOf(family).flatMap(propertiesOf)) {
    const known = shapes.get(name) ?? new Set<string>();
    shapes.set(name, known.add(`${optional ? 'optional' : 'required'} ${neutral(type)}`));
  }
  const different = [...shapes].filter(([, { size }]) => size > 1).map(([name]) => `${family}.${name}`);
  const known = Object.keys(OTHER_SHAPE).filter((word) => word.startsWith(`${family}.`));
  expect(different.sort()).toEqual(known.sort());
});

test('no struct has advice on an option that it has', () => {
  const all = STRUCTS.flatMap(allOf);
  expect(all.length).toBeGreaterThan(60);
  for (const type of all) {
    const advice = adviceFor(type.name);
    const told = propertiesOf(type).filter(({ name }) => Object.hasOwn(advice, name));
    expect([type.name, told.map(({ name }) => name)]).toEqual([type.name, []]);
  }
});
