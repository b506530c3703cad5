import { LOG_VARIABLES, OPEN_LOG_PREFIXES } from '../../../facts/log-variables';
import { nearest } from '../../../template/nearest';
import { formatsOf, variablesIn } from '../../log-formats';
import { type Rule } from '../../rule';
import { guide, listed, stageLabel } from '../../support';

const isKnown = (variable: string): boolean =>
  LOG_VARIABLES.rest.includes(variable) ||
  OPEN_LOG_PREFIXES.some((prefix) => variable.startsWith(prefix) && variable.length > prefix.length);

const named = (variable: string): string => {
  const [near] = nearest(variable, LOG_VARIABLES.rest);
  return `$context.${variable}${near === undefined ? '' : ` (did you mean $context.${near}?)`}`;
};

export const rule: Rule = {
  id: 'ALL-LOG16',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The access log reads variables that API Gateway has',
  why: 'A variable that does not exist prints a dash in every line, and nobody notices until the value is needed.',
  fix:
    'Choose fields by `AccessLogFormat.rest({ fields: […] })`. In CloudFormation: correct the name in `AccessLogSetting.Format` of the stage; the page has all ' +
    'variables.',
  link: guide('api-gateway-variables-for-access-logging'),
  *check(model) {
    for (const { stage, log, format } of formatsOf(model)) {
      const variables = [...variablesIn(format)];
      const unknown = variables.filter((variable) => !isKnown(variable));
      if (unknown.length > 0) {
        yield {
          location: log.location,
          message: `the access log of ${stageLabel(stage)} reads what REST APIs do not have: ${listed(unknown.map(named))}`,
        };
      }
    }
  },
};
