import * as fc from 'fast-check';
import {
  type RestIntegration,
  type RestRouteOptions,
  type RestCustomIntegrationOptions,
  type RestIntegrationResponse,
} from '../../../lib';
import { gateway, type Json, templateOf } from '../../support/stacks';
import { deployed } from '../../support/velocity';
import { type RestGatewayProps } from '../../../lib';
import { type Stack } from 'aws-cdk-lib';

/** One route in a stack of its own, as it is deployed. */
export interface Routed {
  readonly operation: Json;
  readonly integration: Json;
  readonly request: string;
  /** Selection pattern → response template. */
  readonly answers: Record<string, string>;
  /** Role id → statements. */
  readonly policies: Record<string, Json[]>;
  readonly template: Json;
}

export function routed(
  key: string,
  make: (stack: Stack) => RestIntegration,
  options: Partial<RestRouteOptions> = {},
  props: Partial<RestGatewayProps> = {},
): Routed {
  const { api, stack } = gateway({ stages: { prod: { variables: { tenant: 'acme' } } }, ...props });
  api.addRoute(key, { integration: make(stack), ...options });
  const template = templateOf(stack);
  const raw = Object.values<Json>(template.Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi').Properties
    .Body;
  const [method, path] = key.split(' ');
  const operation = deployed(raw).paths[path][method.toLowerCase()];
  const integration = operation['x-amazon-apigateway-integration'];
  const policies = Object.entries<Json>(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
    .map(([id, { Properties }]) => [
      id.replace(/^ApiServices|[0-9A-F]{8}$/g, ''),
      deployed(Properties.PolicyDocument.Statement),
    ]);
  const answers = Object.entries<Json>(integration.responses).map(([pattern, { responseTemplates }]) => [
    pattern,
    Object.values<string>(responseTemplates ?? {})[0],
  ]);
  return {
    operation,
    integration,
    request: Object.values<string>(integration.requestTemplates ?? {})[0],
    answers: Object.fromEntries(answers),
    policies: Object.fromEntries(policies),
    template,
  };
}

/** What has broken templates before. */
export const HOSTILE: readonly string[] = [
  '"',
  "'",
  "it's",
  '\\',
  "\\'",
  '\\"',
  '\\\\\'"',
  '","admin":"true',
  '"},{"Source":"other',
  'a&Action=DeleteQueue',
  '&MessageBody=other',
  'a=b+c%20d%2F',
  '$input.body',
  '$context.requestId',
  '#set($v1 = "x")',
  '#end',
  '#if(true)x#end',
  '##',
  '#*',
  '#[[',
  '${v1}',
  '$util.escapeJavaScript',
  '\n',
  '\r\n\t\b\f',
  '\u0000\u001f\u007f',
  '\u2028\u2029',
  'Grüße, 世界',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '</script><!--',
  '../../etc/passwd',
  ' ',
  '{}',
  'null',
  'x'.repeat(20_000),
];

/** Text that a client may send: what has broken templates before, alone and among any other. */
export const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE.filter((text) => text.length < 100)), fc.string({ unit: 'grapheme' })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join(''))
    .filter((text) => text !== ''),
);

export function everyText(check: (text: string, other: string) => void, numRuns = 150): void {
  const examples = HOSTILE.map((text): [string, string] => [text, HOSTILE[0]]);
  fc.assert(fc.property(hostile, hostile, check), { numRuns, examples });
}

/** Responses and options that custom integrations are tested with. */
export const OK: RestIntegrationResponse = { statusCode: 200 };
export const ERROR: RestIntegrationResponse = {
  selectionPattern: '[^]*Error[^]*',
  statusCode: 422,
  headers: { 'X-Reason': "'invalid'", 'X-Trace': 'integration.response.header.X-Trace' },
  templates: { 'application/json': '{"error":true}', 'application/xml': '<error/>' },
};
export const custom: RestCustomIntegrationOptions = {
  requestTemplates: { 'application/json': "$input.json('$')" },
  responses: [OK, ERROR],
};
