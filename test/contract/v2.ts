import { type Json } from '../support/stacks';
import { type StageView } from './kind';

export const V2_TYPES = {
  api: 'AWS::ApiGatewayV2::Api',
  stage: 'AWS::ApiGatewayV2::Stage',
  deployment: 'AWS::ApiGatewayV2::Deployment',
} as const;

const limits = (settings: Json) => ({
  rateLimit: settings.ThrottlingRateLimit as number,
  burstLimit: settings.ThrottlingBurstLimit as number,
});

export function v2StageView(properties: Json): StageView {
  const routes = Object.entries<Json>(properties.RouteSettings ?? {});
  return {
    name: properties.StageName,
    variables: properties.StageVariables ?? {},
    accessLog: {
      destination: properties.AccessLogSettings.DestinationArn,
      format: properties.AccessLogSettings.Format,
    },
    limits: limits(properties.DefaultRouteSettings),
    routeLimits: Object.fromEntries(routes.map(([key, settings]) => [key, limits(settings)])),
    deploymentId: properties.DeploymentId,
  };
}
