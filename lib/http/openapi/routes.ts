import { type Stack } from 'aws-cdk-lib';
import { DEFAULT_ROUTE, HttpRoutes, parseHttpRouteKey } from '../../gateway/http-route-key';
import { at } from '../../lookup/named';
import { type Operation } from '../../openapi/operations';
import { type OpenApiRoutes } from '../../openapi/from-open-api';
import { OpenApiReader } from '../../openapi/reader';
import { type HttpAuthorizer } from '../authorizer';
import { type HttpGatewayProps } from '../gateway-props';
import { authorizerOf, type HttpRouteOptions } from '../route';
import { type HttpOpenApiProps } from './props';
import { HTTP, REPAIRS } from './repairs';
import { reportUnchecked } from './unchecked';

/** @throws if the document, or an argument for it, is not valid for API Gateway: one error with all problems */
export function routesOf(stack: Stack, id: string, props: HttpOpenApiProps): OpenApiRoutes<HttpGatewayProps> {
  const { definition, integrations, authorizers, defaultIntegration, ...rest } = props;
  const { defaultAuthorizer } = rest;
  const given = { definition, integrations, authorizers, defaultIntegration, defaultAuthorizer };
  const known = new HttpRoutes();
  const reader = new OpenApiReader(id, given, {
    target: HTTP,
    repairs: REPAIRS,
    check: (key, owner) => known.add(parseHttpRouteKey(key, owner), owner),
    describe: (authorizer: HttpAuthorizer, routeKey, owner) => authorizerOf(authorizer, { stack, routeKey }, owner),
  });
  const { references, report, info } = reader;
  const routes: Record<string, HttpRouteOptions> = {};
  for (const { operation, integration, security } of reader.drafts((one) => reportUnchecked(one, references, report))) {
    routes[operation.key] = {
      integration,
      allowOpenCatchAll: isOpenByName(operation, authorizers) || undefined,
      authorizer: security.authorizer,
      scopes: security.scopes,
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

/** Whether the user has opened the default route itself, and not a scheme that it has. */
function isOpenByName({ key, operationId }: Operation, authorizers: HttpOpenApiProps['authorizers']): boolean {
  if (key !== DEFAULT_ROUTE) return false;
  const names = operationId === undefined ? [key] : [key, operationId];
  return names.some((name) => at(authorizers, name) !== undefined);
}
