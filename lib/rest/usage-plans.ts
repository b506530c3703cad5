import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { UsagePlans } from '../usage-plans/usage-plans';
import { type RestGatewayProps } from './gateway-props';
import { type RestStageResources } from './stage-resources';

export { type UsagePlans } from '../usage-plans/usage-plans';

/** The usage plans of a REST API, which may limit single routes: `/orders/GET`. */
export function createUsagePlans(
  scope: Construct,
  props: RestGatewayProps,
  apiId: string,
  stages: Readonly<Record<string, RestStageResources>>,
  owner: Owner,
): UsagePlans {
  const throttleKey = (route: string) => route.split(' ').reverse().join('/');
  return new UsagePlans(scope, props, { apiId, stages, throttleKey, owner });
}
