/**
 * Makes test/support/service-models/*.json anew: the patterns, lengths, ranges and enumerations that the services have for what
 * the library emits, from two places.
 *
 * - CloudFormation's registry schemas, as the types of the npm package below have them;
 * - the services' own models, as botocore has them. It is on no npm registry: Debian's package is fetched with apt-get, or
 *   give the folder of another copy, `node scripts/service-models.mjs <…/botocore/data>`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const SCHEMAS = '@awboost/cfn-resource-types@0.1.538';
const MODELS = 'python3-botocore=1.29.27+repack-1';
const OUT = new URL('../test/support/service-models/', import.meta.url);

/** Type of the resource → service and input shape of the call that makes it. */
const CALLS = {
  'AWS::ApiGateway::ApiKey': ['apigateway', 'CreateApiKeyRequest'],
  'AWS::ApiGateway::DocumentationVersion': ['apigateway', 'CreateDocumentationVersionRequest'],
  'AWS::ApiGateway::DomainName': ['apigateway', 'CreateDomainNameRequest'],
  'AWS::ApiGateway::RestApi': ['apigateway', 'CreateRestApiRequest'],
  'AWS::ApiGateway::Stage': ['apigateway', 'CreateStageRequest'],
  'AWS::ApiGateway::UsagePlan': ['apigateway', 'CreateUsagePlanRequest'],
  'AWS::ApiGateway::VpcLink': ['apigateway', 'CreateVpcLinkRequest'],
  'AWS::ApiGatewayV2::Api': ['apigatewayv2', 'CreateApiRequest'],
  'AWS::ApiGatewayV2::ApiMapping': ['apigatewayv2', 'CreateApiMappingRequest'],
  'AWS::ApiGatewayV2::Authorizer': ['apigatewayv2', 'CreateAuthorizerRequest'],
  'AWS::ApiGatewayV2::Integration': ['apigatewayv2', 'CreateIntegrationRequest'],
  'AWS::ApiGatewayV2::Model': ['apigatewayv2', 'CreateModelRequest'],
  'AWS::ApiGatewayV2::Route': ['apigatewayv2', 'CreateRouteRequest'],
  'AWS::ApiGatewayV2::Stage': ['apigatewayv2', 'CreateStageRequest'],
  'AWS::ApiGatewayV2::VpcLink': ['apigatewayv2', 'CreateVpcLinkRequest'],
  'AWS::Budgets::Budget': ['budgets', 'CreateBudgetRequest'],
  'AWS::CertificateManager::Certificate': ['acm', 'RequestCertificateRequest'],
  'AWS::CloudWatch::Alarm': ['cloudwatch', 'PutMetricAlarmInput'],
  'AWS::CloudWatch::CompositeAlarm': ['cloudwatch', 'PutCompositeAlarmInput'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch', 'PutDashboardInput'],
  'AWS::CodeDeploy::Application': ['codedeploy', 'CreateApplicationInput'],
  'AWS::CodeDeploy::DeploymentGroup': ['codedeploy', 'CreateDeploymentGroupInput'],
  'AWS::DynamoDB::Table': ['dynamodb', 'CreateTableInput'],
  'AWS::IAM::ManagedPolicy': ['iam', 'CreatePolicyRequest'],
  'AWS::IAM::Role': ['iam', 'CreateRoleRequest'],
  'AWS::Lambda::Alias': ['lambda', 'CreateAliasRequest'],
  'AWS::Lambda::Function': ['lambda', 'CreateFunctionRequest'],
  'AWS::Lambda::Permission': ['lambda', 'AddPermissionRequest'],
  'AWS::Lambda::Version': ['lambda', 'PublishVersionRequest'],
  'AWS::Logs::LogGroup': ['logs', 'CreateLogGroupRequest'],
  'AWS::Logs::MetricFilter': ['logs', 'PutMetricFilterRequest'],
  'AWS::Logs::QueryDefinition': ['logs', 'PutQueryDefinitionRequest'],
  'AWS::Route53::RecordSet': ['route53', 'ResourceRecordSet'],
  'AWS::SSM::Parameter': ['ssm', 'PutParameterRequest'],
  'AWS::StepFunctions::StateMachine': ['stepfunctions', 'CreateStateMachineInput'],
  'AWS::WAFv2::IPSet': ['wafv2', 'CreateIPSetRequest'],
  'AWS::WAFv2::LoggingConfiguration': ['wafv2', 'LoggingConfiguration'],
  'AWS::WAFv2::WebACL': ['wafv2', 'CreateWebACLRequest'],
  'AWS::WAFv2::WebACLAssociation': ['wafv2', 'AssociateWebACLRequest'],
};
/** Enumerations to which AWS has added since. */
const LAGGING = ['Runtime', 'SecurityPolicy'];
/** Of these the service's model has no constraint at all. */
const SCHEMAS_ONLY = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2',
  'AWS::ApiGateway::ClientCertificate',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGatewayV2::IntegrationResponse',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::ApiGatewayV2::RoutingRule',
];

const temp = mkdtempSync(join(tmpdir(), 'service-models-'));
try {
  write('cloudformation.json', SCHEMAS, schemas());
  write('services.json', process.argv[2] ?? MODELS, models(process.argv[2] ?? botocore()));
} finally {
  rmSync(temp, { recursive: true });
}

/** One line a shape: a new version is a diff that people can read. */
function write(file, source, { types, shapes }) {
  const lines = (record) =>
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const text = `{\n  "source": ${JSON.stringify(source)},\n  "types": {\n${lines(types)}\n  },\n  "shapes": {\n${lines(shapes)}\n  }\n}\n`;
  writeFileSync(new URL(file, OUT), text);
  console.log(`${file}: ${Object.keys(types).length} types, ${Object.keys(shapes).length} shapes`);
}

function schemas() {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', SCHEMAS, '--json', '--pack-destination', temp], { encoding: 'utf8' }),
  );
  execFileSync('tar', ['xzf', join(temp, filename.replace('@', '').replace('/', '-')), '-C', temp]);
  const types = {};
  const shapes = {};
  for (const type of [...Object.keys(CALLS), ...SCHEMAS_ONLY]) {
    const name = type.replaceAll('::', '-');
    const text = readFileSync(join(temp, 'package', 'lib', `${name}.d.ts`), 'utf8');
    const file = ts.createSourceFile(`${name}.d.ts`, text, ts.ScriptTarget.Latest, true);
    const root = `${type.split('::').slice(1).join('')}Properties`;
    const declared = new Map(file.statements.filter(ts.isTypeAliasDeclaration).map((one) => [one.name.text, one.type]));
    const own = {};
    for (const [alias, node] of declared) {
      if (ts.isTypeLiteralNode(node)) own[alias] = membersOf(node, file, declared);
    }
    collect(type, root, own, types, shapes);
  }
  return { types, shapes };
}

function membersOf(literal, file, declared) {
  const members = {};
  for (const member of literal.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const comment = file.text.slice(member.getFullStart(), member.getStart(file));
    const tag = (name) => new RegExp(`@${name} \`([^\\n]*)\``).exec(comment)?.[1];
    const number = (name) => (tag(name) === undefined ? undefined : Number(tag(name)));
    const isList = ts.isArrayTypeNode(member.type);
    const length = { min: number('minLength') ?? number('min'), max: number('maxLength') ?? number('max') };
    const kind = isList
      ? { minItems: length.min, maxItems: length.max, items: nodeOf(member.type.elementType, declared) }
      : length;
    members[member.name.text] = clean({ ...nodeOf(member.type, declared), pattern: tag('pattern'), ...kind });
  }
  return members;
}

function nodeOf(type, declared, seen = 0) {
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (name === 'Record') return { values: nodeOf(type.typeArguments[1], declared) };
    const target = declared.get(name);
    if (!target) return {};
    return ts.isTypeLiteralNode(target) || seen > 5 ? { shape: name } : nodeOf(target, declared, seen + 1);
  }
  if (ts.isUnionTypeNode(type)) {
    const texts = type.types.filter((one) => ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal));
    // A union with a plain type takes anything.
    if (texts.length === type.types.length) return { enum: texts.map(({ literal }) => literal.text) };
  }
  return {};
}

function botocore() {
  const [name] = MODELS.split('=');
  execFileSync('apt-get', ['download', MODELS], { cwd: temp, stdio: 'ignore' });
  const deb = readdirSync(temp).find((file) => file.startsWith(name) && file.endsWith('.deb'));
  execFileSync('dpkg-deb', ['-x', join(temp, deb), join(temp, 'deb')]);
  return join(temp, 'deb/usr/lib/python3/dist-packages/botocore/data');
}

function models(data) {
  const types = {};
  const shapes = {};
  const read = new Map();
  for (const [type, [service, input]] of Object.entries(CALLS)) {
    if (!read.has(service)) {
      const version = readdirSync(join(data, service)).sort().at(-1);
      read.set(service, JSON.parse(readFileSync(join(data, service, version, 'service-2.json'), 'utf8')).shapes);
    }
    const all = read.get(service);
    const own = {};
    for (const [name, { type: kind, members }] of Object.entries(all)) {
      if (kind !== 'structure') continue;
      own[name] = Object.fromEntries(
        Object.entries(members).map(([member, { shape }]) => [member.toLowerCase(), simple(shape, all)]),
      );
    }
    collect(type, input, own, types, shapes);
  }
  return { types, shapes };
}

function simple(name, all) {
  const { type, member, key, value, pattern, min, max, enum: values } = all[name];
  if (type === 'structure') return { shape: name };
  if (type === 'list') return clean({ minItems: min, maxItems: max, items: simple(member.shape, all) });
  if (type === 'map') return clean({ keys: simple(key.shape, all), values: simple(value.shape, all) });
  return clean({ pattern, min, max, enum: LAGGING.includes(name) ? undefined : values });
}

/** What is left of a node that says something. */
function clean(node) {
  return Object.fromEntries(
    Object.entries(node).filter(
      ([, value]) =>
        value !== undefined && !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0),
    ),
  );
}

/** The shapes below a type that lead to any constraint, under names that begin with the type. */
function collect(type, root, own, types, shapes) {
  if (!own[root]) throw new Error(`${type} has no ${root}`);
  const says = new Set();
  const saysNode = (node) =>
    ['pattern', 'min', 'max', 'enum', 'minItems', 'maxItems'].some((key) => key in node) ||
    (node.shape !== undefined && says.has(node.shape)) ||
    ['items', 'keys', 'values'].some((key) => node[key] && saysNode(node[key]));
  for (let grown = -1; grown !== says.size;) {
    grown = says.size;
    for (const [name, members] of Object.entries(own)) if (Object.values(members).some(saysNode)) says.add(name);
  }
  const named = (node) =>
    clean({
      ...node,
      shape: node.shape && says.has(node.shape) ? `${type}.${node.shape}` : undefined,
      items: node.items && named(node.items),
      keys: node.keys && named(node.keys),
      values: node.values && named(node.values),
    });
  const reached = [root];
  for (const name of reached) {
    const visit = (node) => {
      if (node.shape && says.has(node.shape) && !reached.includes(node.shape)) reached.push(node.shape);
      for (const key of ['items', 'keys', 'values']) if (node[key]) visit(node[key]);
    };
    Object.values(own[name] ?? {}).forEach(visit);
  }
  types[type] = `${type}.${root}`;
  for (const name of reached) {
    shapes[`${type}.${name}`] = Object.fromEntries(
      Object.entries(own[name])
        .filter(([, node]) => saysNode(node))
        .map(([member, node]) => [member, named(node)]),
    );
  }
}
