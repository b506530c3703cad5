import { type Stack } from 'aws-cdk-lib';
import { OpenApiReader } from '../../openapi/reader';
import { type OpenApiRoutes } from '../../openapi/from-open-api';
import { parseRouteKey, RouteTree } from '../../gateway/route-key';
import { modelName } from '../../gateway/route-key';
import { type RestAuthorizer } from '../authorizer';
import { type RestGatewayProps } from '../gateway-props';
import { authorizerOf, type RestRouteOptions } from '../route';
import { bodyOf } from './body';
import { Models } from './models';
import { checkedParametersOf } from './parameters';
import { type RestOpenApiProps } from './props';
import { REPAIRS, REST } from './repairs';

const NO_DEFAULT_ROUTE =
  '"/$default" is the route of an HTTP API for all that no other route takes, which a REST API does not have; ' +
  'write its operations under "/" and "/{proxy+}", or use HttpGateway';

/** @throws if the document, or an argument for it, is not valid for API Gateway: one error with all problems */
export function routesOf(stack: Stack, id: string, props: RestOpenApiProps): OpenApiRoutes<RestGatewayProps> {
  const { definition, integrations, authorizers, defaultIntegration, ...rest } = props;
  const { defaultAuthorizer } = rest;
  const given = { definition, integrations, authorizers, defaultIntegration, defaultAuthorizer };
  const tree = new RouteTree();
  const reader = new OpenApiReader(id, given, {
    target: REST,
    repairs: REPAIRS,
    check: (key, owner) => {
      if (/ \/\$default$/.test(key)) throw owner.part(`route "${key}"`).error(NO_DEFAULT_ROUTE);
      tree.add(parseRouteKey(key, owner), owner);
    },
    describe: (authorizer: RestAuthorizer, routeKey, owner) => authorizerOf(authorizer, { stack, routeKey }, owner),
  });
  const { document, references, report, info } = reader;
  const models = new Models(document, references, report);
  const drafts = reader.drafts((operation) => ({
    parameters: checkedParametersOf(operation, references, report),
    body: bodyOf(operation, modelName(operation), models, references, report),
  }));
  const schemas = models.finish(reader.owner);
  const routes: Record<string, RestRouteOptions> = {};
  for (const { operation, integration, security, more } of drafts) {
    const { parameters, body } = more;
    routes[operation.key] = {
      integration,
      ...security,
      request: { ...parameters, body: body && schemas[body.model], contentType: body?.contentType },
      operationName: operation.operationId,
      summary: operation.summary,
      description: operation.description,
    };
  }
  return {
    props: { apiName: info.title, description: info.description, ...rest, routes },
    warnings: report.warnings,
  };
}
