import { type ApiModel } from '../template/model/model';
import { type Located } from '../template/model/place';
import { httpApi } from './http/api';
import { idOf } from './ids';
import { type LocalApi, type LocalApisOptions } from './local-api';
import { restApi } from './rest/api';
import { webSocketApi } from './websocket/api';

/** The id of an API here: the same for the same logical id. */
export const apiIdOf = (logicalId: string): string => `${idOf(logicalId)}${idOf(`${logicalId} `)}`.slice(0, 10);

/** The APIs of the templates that have a stage. */
export function localApis(model: ApiModel, options: Omit<LocalApisOptions, 'model'>): LocalApi[] {
  const parts: LocalApisOptions = { ...options, model };
  const isServed = ({ form, stages }: { readonly form: string; readonly stages: readonly unknown[] }): boolean =>
    form !== 'partial' && stages.length > 0;
  const idIn = ({ location }: Located): string => apiIdOf(location.logicalId);
  return [
    ...model.restApis.filter(isServed).map((api) => restApi(api, idIn(api), parts)),
    ...model.httpApis.filter(isServed).map((api) => httpApi(api, idIn(api), parts)),
    ...model.webSocketApis.filter(isServed).map((api) => webSocketApi(api, idIn(api), parts)),
  ];
}
