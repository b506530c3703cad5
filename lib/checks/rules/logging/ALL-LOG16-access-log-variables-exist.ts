import { KINDS } from '../../../facts/kinds';
import { LOG_VARIABLES, OPEN_LOG_PREFIXES, SECRET_LOG_VARIABLES } from '../../../facts/log-variables';
import { nearest } from '../../../lookup/nearest';
import { formatsOf, variablesIn } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide, listed, stageLabel } from '../../queries/common';

type Kind = keyof typeof LOG_VARIABLES;

const isKnown = (variable: string, kind: Kind): boolean =>
  LOG_VARIABLES[kind].includes(variable) ||
  // A separate rule reports variables that must not be logged.
  SECRET_LOG_VARIABLES.includes(variable) ||
  OPEN_LOG_PREFIXES.some((prefix) => variable.startsWith(prefix) && variable.length > prefix.length);

const named = (variable: string, kind: Kind): string => {
  const [near] = nearest(variable, LOG_VARIABLES[kind]);
  return `$context.${variable}${near === undefined ? '' : ` (did you mean $context.${near}?)`}`;
};

export const rule: Rule = {
  id: 'ALL-LOG16',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'The access log uses variables that exist',
  why: 'A variable that does not exist prints a dash in every line, and no one notices until the value is needed.',
  fix: {
    library: 'Choose fields with `AccessLogFormat.rest({ fields: […] })`, `.http` or `.webSocket`.',
    l2:
      'Use `AccessLogField` for the variables in `AccessLogFormat.custom(…)`, or correct the name; the page has all ' +
      'variables.',
    cloudFormation:
      'Correct the name in `AccessLogSetting.Format` of the stage (`AccessLogSettings` of HTTP and WebSocket APIs); the ' +
      'page has all variables.',
  },
  link: guide('api-gateway-variables-for-access-logging'),
  *check(model) {
    for (const { stage, log, format, kind } of formatsOf(model)) {
      if (kind === undefined) {
        continue;
      }
      const variables = [...variablesIn(format)];
      const unknown = variables.filter((variable) => !isKnown(variable, kind));
      if (unknown.length > 0) {
        yield {
          location: log.location,
          message: `the access log of ${stageLabel(stage)} uses variables that ${KINDS[kind].name} APIs do not have: ${listed(unknown.map((one) => named(one, kind)))}`,
        };
      }
    }
  },
};
