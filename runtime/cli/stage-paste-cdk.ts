import { type StageSetting } from '../../lib/checks/rule';
import { WEB_ACL_PLACEHOLDER } from './stage-paste';

const LOG_GROUP = "new LogGroup(this, 'AccessLogs', { retention: RetentionDays.ONE_YEAR })";

const RETENTION = ['// Prop of the LogGroup of the access log:', 'retention: RetentionDays.ONE_YEAR,'];

const REST: Readonly<Partial<Record<StageSetting, readonly string[]>>> = {
  'access log': [
    `accessLogDestination: new LogGroupLogDestination(${LOG_GROUP}),`,
    'accessLogFormat: AccessLogFormat.jsonWithStandardFields(),',
  ],
  throttle: ['throttlingRateLimit: 100,', 'throttlingBurstLimit: 200,'],
  'execution log': ['loggingLevel: MethodLoggingLevel.ERROR,'],
  metrics: ['metricsEnabled: true,'],
  tracing: ['tracingEnabled: true,'],
};

const V2: typeof REST = {
  'access log': [`accessLogSettings: { destination: new LogGroupLogDestination(${LOG_GROUP}) },`],
  throttle: ['throttle: { rateLimit: 100, burstLimit: 200 },'],
  metrics: ['detailedMetricsEnabled: true,'],
};

const REST_AFTER: typeof REST = {
  'log retention': RETENTION,
  'role for logs': ['// Prop of the RestApi:', 'cloudWatchRole: true,'],
  'TLS 1.2': ["(api.node.defaultChild as CfnRestApi).securityPolicy = 'TLS_1_2';"],
  'web ACL': [
    `new CfnWebACLAssociation(this, 'WebAcl', { resourceArn: api.deploymentStage.stageArn, webAclArn: '${WEB_ACL_PLACEHOLDER}' });`,
  ],
};

const V2_AFTER: typeof REST = {
  'log retention': RETENTION,
  'role for logs': ['stage.node.addDependency(account); // the CfnAccount that sets the role'],
  'execution log': [
    "(stage.node.defaultChild as CfnStage).addPropertyOverride('DefaultRouteSettings.LoggingLevel', 'ERROR');",
  ],
};

/** The code that gives the settings to a stage of an L2 of the CDK. */
export function cdkLines(isV2: boolean, lacks: readonly StageSetting[]): string[] {
  const of = (lines: typeof REST): string[] => lacks.flatMap((setting) => lines[setting] ?? []);
  const options = of(isV2 ? V2 : REST);
  return [
    '// RestGateway, HttpGateway and WebSocketGateway of this library set these by default, the web ACL aside.',
    ...(options.length === 0
      ? []
      : isV2
        ? ['// Props of the HttpStage or WebSocketStage:', ...options]
        : ['// Props of the RestApi:', 'deployOptions: {', ...options.map((line) => `  ${line}`), '},']),
    ...of(isV2 ? V2_AFTER : REST_AFTER),
  ];
}
