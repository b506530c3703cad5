import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type RestBindIntegration } from '../binding';
import { type AwsCallOptions, awsTarget, checkAwsCall } from '../../integrations/services/aws';
import { requestMappings } from './custom';
import { errorReplies } from './replies';
import { type RequestValue } from '../../integrations/request-value';
import { type RestIntegrationResponse } from './response-options';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration with any action of any AWS service.
 */
export interface RestAwsIntegrationOptions extends RestServiceIntegrationOptions, AwsCallOptions {
  /**
   * Velocity template of the request, for all of `contentTypes`. `$input.params()` and `$input.body` come from the client: escape
   * them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - the unchanged body
   */
  readonly requestTemplate?: string;

  /**
   * Parameters of the call: `integration.request.header.X`, `integration.request.querystring.x` or `integration.request.path.x` → value.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; exactly one without `selectionPattern`.
   *
   * @default - 200 with the body of the service; its errors as 400, 413, 503 and 500, without its message. A missing permission
   * or key is 500, and throttling 503, even if the service responds 400
   */
  readonly responses?: RestIntegrationResponse[];
}

export function aws(options: RestAwsIntegrationOptions): RestBindIntegration {
  return (context) => {
    const { owner } = context;
    const { service, iamActions, resources, requestTemplate: template } = options;
    const { mappings, parameters } = requestMappings(options.requestParameters ?? {}, context);
    checkAwsCall(options, mappings, owner);
    const replies = [{ pattern: '2\\d{2}', status: 200 }, ...errorReplies(SERVICE_ERRORS.any)];
    const config = serviceIntegration(context, options, {
      role: service,
      target: awsTarget(options),
      region: options.region ?? context.stack.region,
      httpMethod: options.httpMethod,
      grants: [{ actions: iamActions, resources }],
      mappings,
      parameters,
      template,
      replies,
    });
    return options.responses ? { ...config, responses: options.responses } : config;
  };
}
