import { type ApiModel } from '../../../template/model/model';
import { afterLast, outline, referenceOf, type Text } from '../../../template/model/text';
import { type Rule } from '../../rule';
import { cloudFormation, inside, onRoute } from '../../queries/common';
import { v2RoutesOf } from '../../queries/v2';

const INTEGRATION = 'AWS::ApiGatewayV2::Integration';

/** The resource after `integrations/`, if it is none; a stack or a custom resource may give any id. */
function otherResource(model: ApiModel, target: Text | undefined): string | undefined {
  const found = target === undefined ? undefined : referenceOf(afterLast(target, '/'));
  const type = found && model.typeOf(found);
  return type?.startsWith('AWS::') === true && !type.startsWith('AWS::CloudFormation::') && type !== INTEGRATION
    ? `${found?.logicalId} (${type})`
    : undefined;
}

/** What is written instead of `integrations/…`; undefined if that may be there. */
function otherTarget(target: Text | undefined): string | undefined {
  if (target === undefined) return undefined;
  // What a reference to a resource gives is an id or an ARN.
  const reference = referenceOf(target);
  if (reference) return `!Ref ${reference.logicalId}`;
  const text = outline(target);
  const isReferenceFirst = typeof target === 'object' && typeof target.parts[0] !== 'string';
  return isReferenceFirst || /^integrations\/[^/]+$/.test(text) ? undefined : `"${text}"`;
}

export const rule: Rule = {
  id: 'V2-ROUTE20',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'The target of a route is integrations/ and the id of an integration',
  why: 'The id of the integration alone, or under another prefix, is not a target: API Gateway rejects the route, and the stack rolls back.',
  fix: {
    library: 'Give the route an `integration`, and remove the override of its target.',
    l2: 'Pass an `integration` to `addRoutes(…)`, or write `"integrations/${integration.ref}"` as `target` of the `CfnRoute`.',
    cloudFormation: 'Write `Target: !Sub integrations/${Integration}` on the `AWS::ApiGatewayV2::Route`.',
  },
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    for (const { route } of v2RoutesOf(model)) {
      const other =
        route.implicit === true ? undefined : (otherTarget(route.target) ?? otherResource(model, route.target));
      if (other !== undefined) {
        const place = inside(route.location, 'Target');
        yield onRoute(
          route,
          `has the target ${other}, but it must be integrations/ and the id of the integration`,
          place,
        );
      }
    }
  },
};
