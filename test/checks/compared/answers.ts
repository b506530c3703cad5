import { type Finding } from '../../../lib/checks/rule';
import { isReference, type Value } from '../corpus/patch';
import { type Foreign } from './foreign';
import { type Resource, type Template } from './templates';

/** A finding of another tool, and the resource that it is about. */
export interface Asked {
  readonly foreign: Foreign;
  readonly resource: Resource | undefined;
  readonly template: Template;
}

/** Rules of ours that say the same, of the resource itself or of another part of the API. */
export interface Answer {
  readonly ours: readonly string[];
  readonly elsewhere?: boolean;
}

/** Why there is no finding of ours. */
export interface Difference {
  readonly id: string;
  readonly reason: string;
  readonly applies: (asked: Asked) => boolean;
}

/** What cdk-nag and CloudFormation Validate ask for → the rules of ours that do. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  APIGWAccessLogging: { ours: ['ALL-LOG1'] },
  APIGWAssociatedWithWAF: { ours: ['REST-WAF1'] },
  APIGWAuthorization: { ours: ['ALL-AUTH1', 'REST-AUTH2', 'HTTP-AUTH3', 'WS-AUTH4'] },
  APIGWCacheEnabledAndEncrypted: { ours: ['REST-CACHE1'] },
  APIGWDefaultThrottling: { ours: ['ALL-THR1'] },
  APIGWExecutionLoggingEnabled: { ours: ['ALL-LOG9'] },
  // A validator of another API is one to us, at fault where the method names it.
  APIGWRequestValidation: { ours: ['REST-VAL2', 'ALL-DEP25'], elsewhere: true },
  APIGWSSLEnabled: { ours: ['REST-SSL1'] },
  APIGWStructuredLogging: { ours: ['ALL-LOG3', 'ALL-LOG1'] },
  APIGWXrayEnabled: { ours: ['REST-OBS1'] },
  CognitoUserPoolAPIGWAuthorizer: { ours: ['ALL-AUTH1', 'REST-AUTH2'] },
  // The whole template cannot be included.
  CfnInclude: { ours: ['ALL-PROP2', 'ALL-PROP3'], elsewhere: true },
  E1029: { ours: ['ALL-AUTH36', 'ALL-INT31'] },
  E3001: { ours: ['ALL-PROP1'] },
  // Two of one name are both at fault there; here it is the second.
  E3019: { ours: ['REST-ROUTE1', 'ALL-DEP20'], elsewhere: true },
  // The transform is at fault, or the type.
  E3038: { ours: ['TPL1', 'ALL-PROP4'], elsewhere: true },
  E3660: { ours: ['ALL-DEP10'] },
  // The deployment is at fault there; here it is the stage.
  E3698: { ours: ['REST-DEP4'], elsewhere: true },
  // The authorizer is at fault there; here it is the method.
  E3699: { ours: ['ALL-AUTH9'], elsewhere: true },
  E3708: { ours: ['ALL-AUTH8'], elsewhere: true },
  E3723: { ours: ['REST-THR6'] },
  F3003: { ours: ['ALL-PROP3'] },
  F3006: { ours: ['ALL-PROP4'] },
  F3012: { ours: ['ALL-ENUM2', 'ALL-PROP2', 'ALL-AUTH37'] },
  F3033: { ours: ['ALL-PROP2'] },
  F3034: { ours: ['ALL-ENUM2', 'REST-INT1', 'REST-DEP12', 'DOM18'] },
  W3030: { ours: ['ALL-ENUM1', 'OAS8'] },
  W3660: { ours: ['ALL-DEP9'] },
};

const has = ({ template }: Asked, type: string, properties: Record<string, unknown> = {}): boolean =>
  Object.values(template.Resources).some(
    ({ Type, Properties }) =>
      Type === type && Object.entries(properties).every(([name, value]) => Properties?.[name] === value),
  );
const property = ({ resource }: Asked, name: string): unknown => resource?.Properties?.[name];
const isApiGateway = ({ resource }: Asked): boolean => /^AWS::ApiGateway(V2)?::/.test(resource?.Type ?? '');

/** The value that the rule looks at, or one that holds it, is a reference. */
function isUntold(...paths: string[]): (asked: Asked) => boolean {
  return ({ resource }) =>
    paths.some((path) => {
      let value: unknown = resource?.Properties;
      const names = path.split('.');
      return names.some((name) => {
        const key = Array.isArray(value) ? Number(name) : name;
        value = (value as Record<string | number, unknown> | undefined)?.[key];
        return isReference(value as Value);
      });
    });
}

const UNTOLD = 'the value is known to the deployment only, of which no rule of ours speaks';

/** Reviewed one by one; what is not here and has no answer is a gap. */
export const DIFFERENCES: readonly Difference[] = [
  { id: 'APIGWAccessLogging', reason: UNTOLD, applies: isUntold('AccessLogSettings', 'AccessLogSetting') },
  { id: 'APIGWAssociatedWithWAF', reason: UNTOLD, applies: isAssociatedUnknown },
  {
    id: 'APIGWAssociatedWithWAF',
    reason: 'a private API is reached from VPC endpoints only',
    applies: ({ template }) => JSON.stringify(template).includes('"PRIVATE"'),
  },
  { id: 'APIGWAuthorization', reason: UNTOLD, applies: isUntold('AuthorizationType') },
  {
    id: 'APIGWAuthorization',
    reason: 'WebSocket APIs authorize `$connect` only; the other routes take no authorization',
    applies: (asked) =>
      asked.resource?.Type === 'AWS::ApiGatewayV2::Route' &&
      has(asked, 'AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }) &&
      property(asked, 'RouteKey') !== '$connect',
  },
  {
    id: 'APIGWAuthorization',
    reason: 'a preflight has no credentials to show',
    applies: (asked) =>
      property(asked, 'HttpMethod') === 'OPTIONS' || String(property(asked, 'RouteKey')).startsWith('OPTIONS '),
  },
  {
    id: 'APIGWCacheEnabledAndEncrypted',
    reason: 'whether to cache is for the API to say; a cache that is not encrypted is REST-CACHE1',
    applies: ({ resource }) => cachedOpenly(resource).length === 0,
  },
  { id: 'APIGWDefaultThrottling', reason: UNTOLD, applies: isUntold('DefaultRouteSettings', 'MethodSettings') },
  {
    id: 'APIGWExecutionLoggingEnabled',
    reason: UNTOLD,
    applies: isUntold('MethodSettings', 'MethodSettings.0.LoggingLevel'),
  },
  {
    id: 'APIGWRequestValidation',
    reason: 'it looks for a validator resource; REST-VAL2 looks at each method, whose validator is in the Body',
    applies: (asked) => property(asked, 'Body') !== undefined || property(asked, 'BodyS3Location') !== undefined,
  },
  {
    id: 'APIGWRequestValidation',
    reason: 'an API without methods, preflights aside, has nothing to validate',
    applies: ({ template, foreign }) =>
      Object.values(template.Resources).every(
        ({ Type, Properties }) =>
          Type !== 'AWS::ApiGateway::Method' ||
          Properties?.HttpMethod === 'OPTIONS' ||
          JSON.stringify(Properties?.RestApiId) !== `{"Ref":"${foreign.logicalId}"}`,
      ),
  },
  {
    id: 'APIGWSSLEnabled',
    reason: 'only HTTP back ends on the internet are shown the certificate',
    applies: ({ template }) => !callsPublicHttp(template),
  },
  {
    id: 'APIGWStructuredLogging',
    reason: UNTOLD,
    applies: isUntold('AccessLogSettings.Format', 'AccessLogSetting.Format'),
  },
  {
    id: 'APIGWStructuredLogging',
    reason: 'the line is JSON, though its format is not: `$context.status` prints a number',
    applies: ({ resource }) =>
      JSON.stringify(resource).includes('\\":$context.status') ||
      JSON.stringify(resource).includes('\\": $context.status'),
  },
  { id: 'APIGWXrayEnabled', reason: UNTOLD, applies: isUntold('TracingEnabled') },
  {
    id: 'CognitoUserPoolAPIGWAuthorizer',
    reason: 'IAM and Lambda authorizers authorize too',
    applies: (asked) => !['NONE', undefined].includes(property(asked, 'AuthorizationType') as string),
  },
  {
    id: 'CfnInclude',
    reason: 'the template cannot be included: a switch is known to the deployment only',
    applies: ({ foreign }) => foreign.message.startsWith("Expected 'true' or 'false'"),
  },
  {
    id: 'F3002',
    reason: 'CloudFormation refuses properties that it does not know by itself, before anything is made',
    applies: isApiGateway,
  },
  {
    id: 'F3031',
    reason: 'a false alarm: `arn:aws:iam::*:user/*` is how an integration takes the credentials of its caller',
    applies: ({ foreign }) => foreign.message.includes("'arn:aws:iam::*:user/*'"),
  },
  ...['E3005', 'E3019', 'W1001', 'W2502'].map((id) => ({
    id,
    reason: 'a resource under a condition may be there instead of another',
    applies: ({ template }: Asked) => Object.keys(template.Conditions).length > 0,
  })),
  {
    id: 'W9003',
    reason: 'CloudFormation turns numbers, switches and texts into one another',
    applies: ({ foreign }) => foreign.message.includes('automatically coerced'),
  },
  {
    id: 'W9003',
    reason: 'the parameters of the comparison are texts',
    applies: ({ foreign }) => foreign.message.includes("Parameter type 'String'"),
  },
  ...['E3510', 'E3530', 'F3003', 'F3014', 'F3017', 'F3031', 'F3033', 'W3011'].map((id) => ({
    id,
    reason: 'of another service: the corpus writes of it what the rules read',
    applies: (asked: Asked) => !isApiGateway(asked),
  })),
];

/** Method settings that keep answers, and keep them unencrypted. */
function cachedOpenly(resource: Resource | undefined): unknown[] {
  const settings = (resource?.Properties?.MethodSettings ?? []) as Record<string, unknown>[];
  const isOn = (value: unknown) => String(value) === 'true';
  const isOff = (value: unknown) => value === undefined || String(value) === 'false';
  return settings.filter(({ CachingEnabled, CacheDataEncrypted }) => isOn(CachingEnabled) && isOff(CacheDataEncrypted));
}

function isAssociatedUnknown({ template }: Asked): boolean {
  return Object.values(template.Resources).some(
    ({ Type, Properties }) =>
      Type === 'AWS::WAFv2::WebACLAssociation' &&
      /^\{"(Ref|Fn::ImportValue)"/.test(JSON.stringify(Properties?.ResourceArn)),
  );
}

/** Integrations that leave AWS for an address on the internet, in resources and in a Body. */
function callsPublicHttp(template: Template): boolean {
  const isPublic = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const {
      Type = '',
      type = Type,
      ConnectionType,
      connectionType = ConnectionType,
    } = value as Record<string, unknown>;
    return (
      (/^http(_proxy)?$/i.test(String(type)) && (connectionType === undefined || connectionType === 'INTERNET')) ||
      Object.values(value).some(isPublic)
    );
  };
  return Object.values(template.Resources).some(
    (resource) => /^AWS::ApiGateway::(Method|RestApi)$/.test(resource.Type) && isPublic(resource.Properties),
  );
}

/** Whether ours say the same. */
export function isAnswered({ id, logicalId, path }: Foreign, ours: readonly Finding[]): boolean {
  const answer = ANSWERS[id] as Answer | undefined;
  const isThere = (finding: Finding): boolean =>
    answer?.elsewhere === true || (finding.logicalId === logicalId && overlaps(finding.path, path));
  return ours.some((finding) => answer?.ours.includes(finding.id) === true && isThere(finding));
}

/** One path is the other or a part of it; the resource as a whole is a part of everything. */
function overlaps(ours: string, theirs: string): boolean {
  const [a, b] = [ours.replace(/^Properties\.?/, ''), theirs].map((path) => `${path}.`);
  return a === '.' || b === '.' || a.startsWith(b) || b.startsWith(a);
}
