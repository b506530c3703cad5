import { type AnyStage, type ApiModel, type MethodSetting, type RouteSettings } from '../../../template/model/model';
import { grouped } from '../../../lookup/grouped';
import { outline } from '../../../template/model/text';
import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';

const settingsOfStage = (stage: AnyStage): readonly (MethodSetting | RouteSettings)[] =>
  'routeSettings' in stage
    ? [...(stage.defaultRouteSettings ? [stage.defaultRouteSettings] : []), ...knownOr(stage.routeSettings, [])]
    : knownOr(stage.methodSettings, []);

function isLogging(stage: AnyStage): boolean {
  const levels = settingsOfStage(stage).map(({ loggingLevel }) => loggingLevel);
  const destination = stage.accessLog?.destination;
  // A Firehose stream is written with the service's own role.
  const toLogs = destination !== undefined && !outline(destination).includes(':firehose:');
  return toLogs || levels.some((level) => level === 'ERROR' || level === 'INFO');
}

/** Logical ids of what sets the role, by template. */
type Accounts = ReadonlyMap<string, ReadonlySet<string>>;

function accountsOf(model: ApiModel): Accounts {
  const byTemplate = grouped(model.accounts, ({ location }) => location.template);
  return new Map([...byTemplate].map(([file, own]) => [file, new Set(own.map(({ location }) => location.logicalId))]));
}

function problem(accounts: Accounts, stage: AnyStage): string | undefined {
  if (accounts.size === 0) {
    return 'writes logs, but nothing in the app gives API Gateway a role for it';
  }
  const near = accounts.get(stage.location.template);
  if (!near || stage.reachesOneOf(near)) return undefined;
  const [first] = near;
  return `writes logs, but does not depend on the role that ${first} sets`;
}

export const rule: Rule = {
  id: 'ALL-LOG12',
  appliesTo: ['rest', 'websocket'],
  severity: 'warning',
  title: 'A stage that writes logs depends on the account role for it',
  why:
    'The role is a setting of the account and Region. In an account without one the deployment fails: "CloudWatch ' +
    'Logs role ARN must be set in account settings"; without a dependency it fails only the first time.',
  fix: {
    library: 'Let the gateway handle it, which adds `ApiGatewayAccountLogging` to the stack and depends on it.',
    l2:
      'Set `cloudWatchRole: true` on the `RestApi`, on whose account resource its stage depends; let a ' +
      '`WebSocketStage` depend on a `CfnAccount` with `node.addDependency(account)`.',
    cloudFormation:
      'Set `CloudWatchRoleArn` on an `AWS::ApiGateway::Account`, and list it in the `DependsOn` of the stage.',
  },
  link: guide('set-up-logging'),
  setting: 'role for logs',
  *check(model) {
    const accounts = accountsOf(model);
    for (const { stage } of [...stagesOf(model), ...webSocketStagesOf(model)]) {
      const what = isLogging(stage) ? problem(accounts, stage) : undefined;
      if (what !== undefined) {
        yield { location: stage.location, stage, message: `${stageLabel(stage)} ${what}` };
      }
    }
  },
};
