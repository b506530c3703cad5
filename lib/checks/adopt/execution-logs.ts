import { EXECUTION_LOG_PREFIXES } from '../../facts/names';
import { Expression } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type Move } from './move';
import { type Resources } from './resources';
import { literal, referencesOf } from './values';

/** Log groups that the new template creates and that API Gateway has created itself, when the stage wrote execution logs. */
export function executionLogMoves(old: Resources, now: Resources): Move[] {
  return now.ofType('AWS::Logs::LogGroup').flatMap((group): Move[] => {
    if (old.get(group)) return [];
    const api = executionLogOf(group.properties.LogGroupName, old);
    if (!api || !now.get(api)) return [];
    const level = loggingOf(api, old);
    if (level === 'off') return [];
    const { template, logicalId, type } = group;
    return [
      {
        kind: level === 'on' ? 'collides' : 'unknown',
        template,
        logicalId,
        type,
        what: `${logicalId} is the log group of execution logs, which API Gateway created itself${level === 'on' ? '' : ' if the stage has logged'}`,
        consequence: 'the update fails and is rolled back: the log group already exists',
        instead: 'set executionLog: { declared: false } on the stage, or delete the group before',
      },
    ];
  });
}

/** The API, if the name is that of its execution log. */
function executionLogOf(name: Resolved | undefined, resources: Resources): PlainResource | undefined {
  if (!(name instanceof Expression)) return undefined;
  const [first] = name.parts;
  const isLog = Object.values(EXECUTION_LOG_PREFIXES).some((prefix) => first === prefix);
  const [api] = referencesOf(name);
  return isLog && api ? resources.get(api) : undefined;
}

/** Whether a stage of the API writes execution logs. */
export function loggingOf(api: PlainResource, old: Resources): 'on' | 'off' | 'unknown' {
  const rest = old
    .referring(api, 'RestApiId', 'AWS::ApiGateway::Stage')
    .map(({ properties }) => properties.MethodSettings);
  const v2 = old
    .referring(api, 'ApiId', 'AWS::ApiGatewayV2::Stage')
    .flatMap(({ properties }) => [properties.DefaultRouteSettings, properties.RouteSettings]);
  // A stage of a deployment has no resource that would tell.
  const isImplicit = old
    .referring(api, 'RestApiId', 'AWS::ApiGateway::Deployment')
    .some((one) => one.properties.StageName);
  const levels = [...rest, ...v2].flatMap(levelsIn);
  if (levels.some((level) => level === 'ERROR' || level === 'INFO')) return 'on';
  return isImplicit || levels.includes(undefined) ? 'unknown' : 'off';
}

/** The logging levels in settings of a stage; undefined for one that is not known. */
function levelsIn(value: Resolved | undefined): (string | undefined)[] {
  if (value instanceof Expression) return [undefined];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Resolved>>).flatMap(([key, item]) =>
    key === 'LoggingLevel' ? [literal(item)] : levelsIn(item),
  );
}
