import { type MethodSetting, type RestApi, type Stage } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { absolute, guide, knownAnd, resourceKey, stageLabel } from '../../queries/common';

const PREFIX = 'API-Gateway-Execution-Logs_';
const OF_API = /^API-Gateway-Execution-Logs_<([^<>]+)>/;

const logs = ({ loggingLevel }: MethodSetting): boolean => knownAnd(loggingLevel, (level) => level !== 'OFF');

export const rule: Rule = {
  id: 'REST-LOG14',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'The log group of execution logs is declared',
  why: 'API Gateway creates the group `API-Gateway-Execution-Logs_<api>/<stage>` itself, and keeps its events forever, even after the API is deleted.',
  fix: {
    library:
      'Declare the group with a retention, and let the stage depend on it: `new LogGroup(this, "ExecutionLogs", { ' +
      'logGroupName, retention })`.',
    l2:
      'Declare the group with a retention, and let the stage depend on it: `new LogGroup(this, "ExecutionLogs", { ' +
      'logGroupName, retention })`.',
    cloudFormation: 'Add an `AWS::Logs::LogGroup` with that name and with `RetentionInDays`.',
  },
  link: guide('set-up-logging'),
  *check(model) {
    const isLogging = (stage: Stage): boolean => isKnown(stage.methodSettings) && stage.methodSettings.some(logs);
    const names = model.logGroups.flatMap(({ name, location }) =>
      name === undefined ? [] : absolute(name, location.template),
    );
    const undecided = names.some((name) => name.startsWith(PREFIX) && name.includes('<unknown>'));
    const declared = new Set(names.flatMap((name) => OF_API.exec(name)?.[1] ?? []));
    const isDeclared = (api: RestApi): boolean => declared.has(resourceKey(api.location));
    for (const api of undecided ? [] : model.restApis) {
      const stage = api.stages.find(isLogging);
      if (stage && !isDeclared(api)) {
        yield {
          location: stage.location,
          message: `${stageLabel(stage)} writes execution logs to a log group that is not in the templates`,
        };
      }
    }
  },
};
