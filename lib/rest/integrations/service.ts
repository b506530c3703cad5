import { Aws, type Duration } from 'aws-cdk-lib';
import { show } from '../../authoring/errors';
import { type CallScope, type ServiceCall } from '../../integrations/services/call';
import { IntegrationType } from '../../gateway/integration-context';
import { type RestBindIntegration, type RestIntegrationContext } from '../binding';
import { type RestIntegrationConfig } from '../integration-config';
import { type RequestParameter, sourceOf } from '../request';
import { responsesOf, REST_STYLE } from './replies';
import { RestPassthroughBehavior } from './response-options';
import { RestTemplate } from './velocity';

/**
 * Options of all integrations with AWS services.
 */
export interface RestServiceIntegrationOptions {
  /**
   * Accepted content types of the request; any other gets a 415 response. A request that names none counts as `application/json`.
   *
   * @default ['application/json']
   */
  readonly contentTypes?: string[];

  /**
   * How long API Gateway waits for the service. 50 ms to 29 s; longer on a Regional API whose quota was raised.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/** A call, with the parts of the request that it reads. */
export interface RestServiceCall extends ServiceCall {
  readonly parameters: readonly RequestParameter[];
}

/** Binds a call that other kinds of gateways make in the same way. */
export function bindCall(
  options: RestServiceIntegrationOptions,
  make: (scope: CallScope) => ServiceCall,
): RestBindIntegration {
  return (context) => {
    const template = new RestTemplate(context);
    const { owner, stack } = context;
    const call = make({ owner, stack, template, style: REST_STYLE });
    return serviceIntegration(context, options, { ...call, parameters: template.parameters });
  };
}

export function serviceIntegration(
  context: RestIntegrationContext,
  options: RestServiceIntegrationOptions,
  call: RestServiceCall,
): RestIntegrationConfig {
  const { template, mappings } = call;
  const types = template === undefined ? [] : contentTypes(options, context);
  return {
    type: IntegrationType.AWS,
    method: call.httpMethod ?? 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${call.region}:${call.target}`,
    credentials: context.grantService(call.role, call.grants),
    // Bytes pass through if there is no template; if there is one, nothing bypasses it.
    passthroughBehavior:
      template === undefined ? RestPassthroughBehavior.WHEN_NO_TEMPLATES : RestPassthroughBehavior.NEVER,
    requestParameters: mappings && { ...mappings },
    requestTemplates: template === undefined ? undefined : Object.fromEntries(types.map((type) => [type, template])),
    templateParameters: call.parameters.map(sourceOf),
    textTemplates: template !== undefined,
    timeout: options.timeout,
    responses: responsesOf(call.replies),
  };
}

function contentTypes(options: RestServiceIntegrationOptions, context: RestIntegrationContext): readonly string[] {
  const { owner } = context;
  const types = options.contentTypes ?? ['application/json'];
  if (types.length === 0)
    throw owner.error('contentTypes is empty, so every request would get a 415 response; name one, or remove it');
  for (const type of types) checkTemplateType(type, 'contentTypes', context);
  return types;
}

/** @throws if the text is not a media type */
export function checkTemplateType(type: string, where: string, { owner }: Pick<RestIntegrationContext, 'owner'>): void {
  if (!/^[a-z0-9][\w.+-]*\/[\w.+-]+$/i.test(type)) {
    throw owner.error(
      `${where} has ${show(type)}, which is not a media type; write "type/subtype" without parameters, e.g. "application/json"`,
    );
  }
}
