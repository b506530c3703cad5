import { type Acknowledgment, type CfnResource } from 'aws-cdk-lib';
import { acknowledge } from '../authoring/acknowledge';
import { type HttpRouteDefinition } from './route';

const CATCH_ALL = /^(\$default|ANY \/\{[^{}/]+\+\})$/;

/** Records on the API resource the findings that the user has acknowledged with a reason; see docs/acknowledgements.md. */
export function acknowledgeApi(api: CfnResource, routes: readonly HttpRouteDefinition[]): void {
  const answers: Acknowledgment[] = [];
  for (const { route, authorizer, integration } of routes) {
    if (integration.clearTextReason !== undefined) {
      answers.push({ id: `ApiGateway::ALL-INT14[${route.key}]`, reason: integration.clearTextReason });
    }
    if (authorizer.kind !== 'none') continue;
    // A catch-all route has a separate rule.
    const rule = CATCH_ALL.test(route.key) ? 'HTTP-AUTH3' : 'ALL-AUTH1';
    answers.push({ id: `ApiGateway::${rule}[${route.key}]`, reason: authorizer.reason ?? '' });
  }
  acknowledge(api, ...answers);
}
