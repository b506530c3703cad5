import { inputOf } from '../../lib/serve/mapping/input';
import { UTIL } from '../../lib/serve/mapping/util';
import { valueOf } from '../../lib/serve/vtl/json';
import { print } from '../../lib/serve/vtl/print';
import { render } from '../../lib/serve/vtl/render';
import { parseTemplate } from '../../lib/serve/vtl/template';
import { HostObject, JavaMap } from '../../lib/serve/vtl/values';
import { type Json } from './stacks';

/** A request, or the answer of a back-end, as a mapping template sees it. */
export interface VelocityInput {
  readonly body?: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly header?: Record<string, string>;
  readonly context?: Record<string, unknown>;
  readonly stageVariables?: Record<string, string>;
  /** What `$input.path()` gives for what is not there. */
  readonly missing?: null | '';
}

export interface Rendered {
  readonly text: string;
  /** `$context.responseOverride.status`, where the template has set it. */
  readonly status?: number;
  readonly headers: Record<string, string>;
}

/**
 * Renders a mapping template with the variables that API Gateway gives it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function renderTemplate(template: string, input: VelocityInput = {}): Rendered {
  const { body = '', path, query, header, missing = null, context, stageVariables = {} } = input;
  const given = inputOf({ body, path, query, headers: header });
  const headers = new JavaMap();
  const override = new JavaMap([['header', headers]]);
  const request = valueOf({ requestId: 'request-1', ...context }) as JavaMap;
  request.put('responseOverride', override);
  const text = render(parseTemplate(template), {
    input: new HostObject('input', given.properties, {
      ...given.methods,
      path: (args) => given.methods.path(args) ?? missing,
    }),
    util: UTIL,
    context: request,
    stageVariables: valueOf(stageVariables),
  });
  const status = override.get('status');
  return {
    text,
    status: status === null ? undefined : Number(print(status)),
    headers: Object.fromEntries(headers.entries.map((entry) => entry.map(print))),
  };
}

const PSEUDO: Record<string, string> = {
  'AWS::Region': 'eu-west-1',
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
};

/** Part of a template with its intrinsics in the place of what CloudFormation would put there. */
export function deployed(value: Json): Json {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument]] = Object.entries<Json>(value).length === 1 ? Object.entries<Json>(value) : [['', undefined]];
  if (key === 'Ref') return PSEUDO[argument] ?? argument;
  if (key === 'Fn::GetAtt') return argument.join('.');
  if (key === 'Fn::Sub') {
    return String(argument).replace(/\$\{(!?)([^}]*)\}/g, (_all, literal, name) =>
      literal ? `\${${name}}` : (PSEUDO[name] ?? name),
    );
  }
  if (key === 'Fn::Join') return deployed(argument[1]).join(argument[0]);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, deployed(item)]));
}
