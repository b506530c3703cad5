import { type HttpApi, type V2Route, type WebSocketApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, listed, routeOf, sameResource } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';

/** The routes of the template, which do not exist with the API. */
const routesOf = (api: HttpApi | WebSocketApi, template: string): V2Route[] =>
  api.routes.filter(
    ({ location, conditional }) =>
      !sameResource(location, api.location) && location.template === template && conditional !== true,
  );

/**
 * The messages are those of HTTP and of WebSocket APIs.
 * @see https://github.com/mach-composer/mach-composer-cli/issues/42
 * @see https://github.com/aws/serverless-application-model/issues/2512
 */
export const rule: Rule = {
  id: 'V2-DEP27',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A deployment of an HTTP or WebSocket API depends on its routes',
  why: 'A deployment is a snapshot. CloudFormation creates it in parallel with the routes unless it depends on them: it fails with "Unable to deploy API because no routes exist in this API" or "At least one route is required before deploying the Api", or goes live without some of the routes.',
  fix: {
    library: 'Let the gateway deploy its `stages`.',
    l2: 'Set `autoDeploy: true` on the `HttpStage` or `WebSocketStage`; there is no L2 for deployments.',
    cloudFormation:
      'List every `AWS::ApiGatewayV2::Route` in `DependsOn` of the `AWS::ApiGatewayV2::Deployment`, or set ' +
      '`AutoDeploy: true` on the stage.',
  },
  link: cloudFormation('resource-apigatewayv2-deployment'),
  *check(model) {
    for (const api of v2ApisOf(model)) {
      for (const { location, reaches } of api.deployments) {
        const routes = routesOf(api, location.template);
        const late = routes.filter((route) => !reaches(route.location));
        // Routes inside the API exist with it.
        const isNone = late.length > 0 && late.length === api.routes.length;
        if (late.length > 0) {
          yield {
            location: { ...location, path: ['DependsOn'] },
            message: `${location.logicalId} does not depend on ${listed(late.map(routeOf))}`,
            ...(!isNone && { severity: 'warning' as const }),
          };
        }
      }
    }
  },
};
