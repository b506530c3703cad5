import { type MethodSetting, type RestApi, type Stage } from '../../../template/model/model';
import { isUnknownText, outline, referenceOf, splitText } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, knownAnd, resourceKey, stageLabel } from '../../queries/common';
import { EXECUTION_LOG_PREFIXES } from '../../../facts/names';

const PREFIX = EXECUTION_LOG_PREFIXES.rest;

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
    const names = model.logGroups.flatMap(({ name }) => (outline(name).startsWith(PREFIX) ? (name ?? []) : []));
    const undecided = names.some(isUnknownText);
    const ids = names.map((name) => referenceOf(splitText(name, [PREFIX, '/'])[1]));
    const declared = new Set(ids.filter((id) => id !== undefined).map(resourceKey));
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
