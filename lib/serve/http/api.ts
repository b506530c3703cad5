import { knownOr } from '../../template/model/value';
import { type HttpApi } from '../../template/model/v2';
import { type LocalApi, type LocalApisOptions, stageVariables, withoutStage } from '../local-api';
import { HttpGateway } from './gateway';
import { chosenStage } from './stages';

/** An HTTP API with all its stages. A path that begins with none of them is one of `$default`, if there is that. */
export function httpApi(api: HttpApi, apiId: string, options: LocalApisOptions): LocalApi {
  const { environment } = options;
  const { location } = api;
  const id = environment.nameOf(location);
  const gateways = new Map(
    api.stages.map((stage) => {
      const variables = stageVariables(stage.variableTexts, environment);
      const gateway = new HttpGateway({ ...options, api, stage, apiId, stageVariables: variables });
      return [gateway.stage.stageName, gateway] as const;
    }),
  );
  const stages = [...gateways.keys()];
  return {
    ...{ kind: 'http', id, location, name: knownOr(api.name, id), apiId, stages },
    async handle(request, mapped) {
      const chosen = chosenStage(stages, request, mapped);
      const gateway = chosen && gateways.get(chosen.stage);
      return gateway
        ? gateway.handle(request, chosen.prefix, mapped)
        : withoutStage(request, { apiId, stages }, environment, { status: 404, message: 'Not Found' });
    },
  };
}
