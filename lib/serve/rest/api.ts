import { knownOr } from '../../template/model/value';
import { type RestApi } from '../../template/model/rest';
import {
  type LocalApi,
  type LocalApisOptions,
  resolved,
  schemaIn,
  stageIn,
  stageVariables,
  withoutStage,
} from '../local-api';
import { RestGateway } from './gateway';

const FORBIDDEN = { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' } as const;

/** A REST API with all its stages. */
export function restApi(api: RestApi, apiId: string, options: LocalApisOptions): LocalApi {
  const { environment } = options;
  const { location } = api;
  const id = environment.nameOf(location);
  const gateways = new Map(
    api.stages.map((stage) => {
      const { canary } = stage;
      const gateway = new RestGateway({
        ...{ ...options, api, stage, apiId, schemaOf: schemaIn(environment) },
        stageVariables: stageVariables(stage.variableTexts, environment),
        ...(canary && {
          canary: {
            percent: knownOr(canary.percentTraffic, 0),
            variables: stageVariables(canary.overrideTexts, environment),
          },
        }),
        ...(api.resolvedPolicy !== undefined && { policy: resolved(api.resolvedPolicy, environment) }),
      });
      return [gateway.stage.stageName, gateway] as const;
    }),
  );
  const stages = [...gateways.keys()];
  return {
    ...{ kind: 'rest', id, location, name: knownOr(api.name, id), apiId, stages },
    keys: [...gateways].flatMap(([stage, gateway]) => gateway.stage.usage.usable.map((key) => ({ stage, key }))),
    restStages: [...gateways.values()].map(({ stage }) => stage),
    async handle(request, mapped) {
      const { stage, prefix } = stageIn(request.target, mapped);
      const gateway = gateways.get(stage);
      return gateway
        ? gateway.handle(request, prefix, mapped)
        : withoutStage(request, { apiId, stages }, environment, FORBIDDEN);
    },
  };
}
