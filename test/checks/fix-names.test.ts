import { SecurityPolicy } from '@aws-sdk/client-api-gateway';
import { RULES } from '../../lib/checks/registry';
import { type Fix } from '../../lib/checks/rule';
import { HTTP_LOG_VARIABLES, REST_LOG_VARIABLES, WEBSOCKET_LOG_VARIABLES } from '../../lib/facts/log-variables';
import { factsText, l1Names, l1Text, l2Names, libraryNames, type Names, openApiExtensions } from './fix-names';

type Form = keyof Fix;

const library = libraryNames();
const l2 = l2Names();
const l1 = l1Names();
const l1Words = l1Text();
const facts = factsText();
const extensions = openApiExtensions();
const variables = new Set<string>([...REST_LOG_VARIABLES, ...HTTP_LOG_VARIABLES, ...WEBSOCKET_LOG_VARIABLES]);

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words of TypeScript, of JSON, and those that stand for something of the reader's. */
const PLAIN = set(
  'true false undefined new this as JSON stringify alias api acl bucket dev domain fn group health id link model plan pool prod stage',
);
/** What a caller, a token, a policy or a schema holds. */
const OF_OTHERS = set('Origin authorization https iss usageIdentifierKey Condition oneOf enum minimum schema example');
const ALLOWED: Readonly<Record<Form, ReadonlySet<string>>> = {
  library: set(
    'currentVersion stateMachineType crossRegionReferences logGroupName LogGroup GET OPTIONS RemovalPolicies addOverride apigw promote',
  ),
  l2: set('security insecureSkipVerification RemovalPolicies excludeResourceTypes Role assumedBy'),
  cloudFormation: set(
    // Attributes, functions and lists of names as CloudFormation writes them.
    'Globals OpenApiVersion DependsOn DeletionPolicy Retain RetainExceptOnCreate Fn Sub Ref GetAtt integrations ProviderARNs Resource ' +
      'RootResourceId AssumeRolePolicyDocument ' +
      // Keywords of OpenAPI, and of its extensions.
      'security paths responses default components insecureSkipVerification ' +
      // Values.
      'dualstack StartExecution _EDGE s3 SecurityPolicy_ ROUTING_RULE_ONLY ROUTING_RULE_THEN_BASE_PATH_MAPPING',
  ),
};

/** A value of an enumeration, as the facts or the documentation of the L1s have it. */
const isValue = (word: string): boolean =>
  facts.includes(`'${word}'`) ||
  facts.includes(` ${word}: `) ||
  (/^[A-Z][A-Z0-9_]*$/.test(word) && l1Words.includes(word)) ||
  word in SecurityPolicy;

const camel = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

const IS_NAME: Readonly<Record<Form, (word: string) => boolean>> = {
  library: (word) => library.has(word),
  l2: (word) => l2.has(word),
  cloudFormation: (word) => l1.has(camel(word)),
};

const OWNERS: Readonly<Record<Form, readonly Names[]>> = { library: [library, l2], l2: [l2], cloudFormation: [] };

/** Names in code, without what stands for something else: texts, values of a request, placeholders, paths. */
const wordsOf = (code: string): string[] =>
  code
    .replaceAll(/\$(?:context|request|integration|default|connect|disconnect|ref)\b[\w.]*/g, '')
    .replaceAll(/\{\{.*\}\}|\$\{\w+\}|\{[\w+]+\}|<\w+>|Access-Control-[\w-]+|aws-waf-logs-|\$schema/g, '')
    .replaceAll(/\/[\w~]*/g, '')
    .match(/\w*[A-Za-z]\w*/g) ?? [];

/** An ARN, a URL, a key or an action of IAM, a place in a request, the name of something. */
const OTHER =
  /^(?:https:|arn:|…:|(?:aws|execute-api|sts):\w|(?:method|route|integration|gatewayresponse)\.\w|[a-z]+-[a-z])/;

/** What of one piece of code is not there. */
function wrongIn(form: Form, span: string): string[] {
  const [, id] = /^(?:ApiGateway::)?([A-Z0-9]+-[A-Z]+\d+)(?:\[|$)/.exec(span) ?? [];
  if (id !== undefined) return RULES.some((rule) => rule.id === id) ? [] : [id];
  if (facts.includes(`'${span}'`)) return [];
  const [, variable] = /^\$context\.(.+)$/.exec(span) ?? [];
  if (variable !== undefined) return variables.has(variable) ? [] : [span];
  if (span.startsWith('AWS::')) return l1Words.includes(span.replace('…', '')) ? [] : [span];
  const extension = /x-amazon-apigateway-[a-z-]+/.exec(span)?.[0];
  if (extension !== undefined) return extensions.has(extension) ? [] : [extension];

  const code = span.replaceAll(/"[^"]*"/g, '');
  const owned = [...code.matchAll(/\b([A-Z]\w*)\.([a-zA-Z_]\w*)/g)].filter(([, owner]) =>
    OWNERS[form].some((names) => names.knows(owner)),
  );
  const strange = owned.filter(([, owner, member]) => !OWNERS[form].some((names) => names.hasMember(owner, member)));
  const words = OTHER.test(code) ? [] : wordsOf(owned.reduce((rest, [pair]) => rest.replace(pair, ''), code));
  const isThere = (word: string): boolean =>
    IS_NAME[form](word) || isValue(word) || [PLAIN, OF_OTHERS, ALLOWED[form]].some((allowed) => allowed.has(word));
  return [...strange.map(([pair]) => pair), ...words.filter((word) => !isThere(word))];
}

const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, span]) => span);

test.each(['library', 'l2', 'cloudFormation'] as const)('the fixes for %s name what is there', (form) => {
  const wrong = RULES.flatMap(({ id, fix }) =>
    codeIn(fix[form] ?? '').flatMap((span) => wrongIn(form, span).map((what) => `${id}: ${what} in \`${span}\``)),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['library', 'RestAuthorizer.cognitoo(…)', 'RestAuthorizer.cognitoo'],
  ['library', 'defaultAuthoriser', 'defaultAuthoriser'],
  ['library', 'failOnWarnings: true', 'failOnWarnings'],
  ['l2', 'deployOptions: { tracingEnable: true }', 'tracingEnable'],
  ['l2', 'SecurityPolicy.TLS_1_4', 'SecurityPolicy.TLS_1_4'],
  ['cloudFormation', 'TracingEnable', 'TracingEnable'],
  ['cloudFormation', 'AWS::ApiGateway::Stages', 'AWS::ApiGateway::Stages'],
  ['cloudFormation', '$context.identity.apiKeyIdentifier', '$context.identity.apiKeyIdentifier'],
  ['cloudFormation', 'x-amazon-apigateway-authoriser', 'x-amazon-apigateway-authoriser'],
  ['l2', 'ApiGateway::ALL-AUTH99[GET /health]', 'ALL-AUTH99'],
] as const)('of %s, "%s" is found not to be there', (form, span, what) => {
  expect(wrongIn(form, span)).toContain(what);
});

test('no text is longer than a reader of a report takes in', () => {
  const texts = RULES.flatMap(({ id, fix }) => Object.entries(fix).map(([form, text]) => `${id} ${form}: ${text}`));
  expect(texts.filter((text) => text.length > 350)).toEqual([]);
});
