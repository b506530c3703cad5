import { type BindIntegration } from '../binding';
import { show } from '../../shared/errors';
import { checkTemplates, requestMappings } from './custom';
import { customResponses } from './custom-responses';
import { errorReplies, renderReplies } from './replies';
import { type RequestValue } from './request-value';
import { type RestIntegrationResponse } from './response-options';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration with any action of any AWS service.
 */
export interface RestAwsIntegrationOptions extends RestServiceIntegrationOptions {
  /**
   * Name of the service in its endpoint: `sqs`, `dynamodb`, `states`.
   */
  readonly service: string;

  /**
   * Action of a service that goes by actions, e.g. `ListTables`.
   *
   * @default - none; then `path`
   */
  readonly action?: string;

  /**
   * Path of a service that goes by paths, with `{name}` for what `requestParameters` fill as `integration.request.path.name`.
   *
   * @default - none; then `action`
   */
  readonly path?: string;

  /**
   * HTTP method of the call.
   *
   * @default 'POST'
   */
  readonly httpMethod?: string;

  /**
   * Region of the service.
   *
   * @default - the Region of the API
   */
  readonly region?: string;

  /**
   * What the API's role may do, e.g. `['dynamodb:ListTables']`. Wildcards are not taken.
   */
  readonly iamActions: string[];

  /**
   * ARNs that it may do it on.
   */
  readonly resources: string[];

  /**
   * Velocity template of the request, for all of `contentTypes`. `$input.params()` and `$input.body` come from the client: escape them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - the body as it is
   */
  readonly requestTemplate?: string;

  /**
   * Parameters of the call: `integration.request.header.X`, `integration.request.querystring.x` or `integration.request.path.x` → value.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; one of them without `selectionPattern`.
   *
   * @default - 200 with the body of the service; its errors as 400, 413, 503 and 500, without its message
   */
  readonly responses?: RestIntegrationResponse[];
}

export function aws(options: RestAwsIntegrationOptions): BindIntegration {
  return (context) => {
    const { owner } = context;
    const { service, action, path, iamActions, resources, requestTemplate: template } = options;
    if (!/^[a-z][a-z0-9.-]*$/.test(service)) {
      throw owner.error(
        `service ${show(service)} must be the name in the service's endpoint, e.g. "dynamodb" of dynamodb.eu-west-1.amazonaws.com`,
      );
    }
    if ((action === undefined) === (path === undefined)) {
      throw owner.error(
        `give ${action === undefined ? 'action or path' : 'either action or path, not both'}, e.g. action: "ListTables"`,
      );
    }
    if (iamActions.length === 0 || resources.length === 0) {
      throw owner.error(
        'iamActions and resources say what the API may do; both need at least one, e.g. ["dynamodb:ListTables"] on ["*"]',
      );
    }
    const wild = iamActions.find((one) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(one));
    if (wild !== undefined)
      throw owner.error(
        `iamActions has ${show(wild)}; write one action with its service, without wildcards, e.g. "sqs:SendMessage"`,
      );
    if (template !== undefined) checkTemplates({ 'application/json': template }, context);
    const { mappings, parameters } = requestMappings(options.requestParameters ?? {}, context);
    for (const [, name] of (path ?? '').replace(/\$\{Token\[[^\]]*\]\}/g, '').matchAll(/\{([^{}]+)\}/g)) {
      if (!mappings[`integration.request.path.${name}`]) {
        throw owner.error(
          `the path has "{${name}}", which nothing fills; add requestParameters: { "integration.request.path.${name}": RequestValue.path("${name}") }`,
        );
      }
    }
    const replies = [{ pattern: '2\\d{2}', status: 200 }, ...errorReplies()];
    const own = options.responses && customResponses(options.responses, context);
    const bound = serviceIntegration(context, options, {
      role: service,
      target: `${service}:${action === undefined ? `path/${(path ?? '').replace(/^\//, '')}` : `action/${action}`}`,
      region: options.region ?? context.stack.region,
      httpMethod: options.httpMethod,
      grants: [{ actions: iamActions, resources }],
      mappings,
      parameters,
      template,
      replies: own ? [] : replies,
    });
    const { responses, declared } = own ?? renderReplies(replies, context.cors);
    return { ...bound, extension: { ...bound.extension, responses }, responses: declared };
  };
}
