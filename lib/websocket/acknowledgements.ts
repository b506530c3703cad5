import { type CfnResource } from 'aws-cdk-lib';
import { acknowledge } from '../authoring/acknowledge';
import { AWS_SOLUTIONS, inPacks } from '../authoring/nag-packs';
import { type WebSocketBoundIntegration } from './binding';
import { type WebSocketRouteDefinition } from './route';

const BEHIND_CONNECT =
  'API Gateway asks for a client once, when it connects: only $connect takes an authorizer, and this route is reached by connections that it has let in.';

/** Records on a route the findings that cannot apply to it, or that the user has acknowledged with a reason. */
export function acknowledgeRoute(resource: CfnResource, { route, authorizer }: WebSocketRouteDefinition): void {
  if (route.event !== 'connect') {
    acknowledge(resource, ...inPacks([AWS_SOLUTIONS], 'APIG4', BEHIND_CONNECT));
  } else if (authorizer?.kind === 'none') {
    const reason = authorizer.reason ?? '';
    acknowledge(resource, { id: 'ApiGateway::WS-AUTH4', reason });
  }
}

/** Records on an integration why it may call its back end in plain text. */
export function acknowledgeIntegration(
  resource: CfnResource,
  routeKey: string,
  { clearTextReason: reason }: WebSocketBoundIntegration,
): void {
  if (reason !== undefined) acknowledge(resource, { id: `ApiGateway::ALL-INT14[${routeKey}]`, reason });
}
