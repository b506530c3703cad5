import { dirname } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { type IConstruct } from 'constructs';

/** One diagnostic of CloudFormation Validate. */
export interface CfnValidateFinding {
  readonly id: string;
  readonly severity: 'WARN' | 'ERROR' | 'FATAL';
  readonly message: string;
  /** Where in the resource, with dots. */
  readonly path: string;
  readonly logicalId?: string;
}

interface Diagnostic {
  readonly ruleId: string;
  readonly severity: CfnValidateFinding['severity'];
  readonly message: string;
  readonly propertyPath?: string;
  readonly entity?: { readonly entityType: string; readonly logicalId?: string };
}

/** What of `@aws/cloudformation-validate` is used; the package itself is bundled inside of aws-cdk-lib. */
interface CloudFormationValidate {
  readonly CompositeEngine: new () => {
    validateTemplate(template: object, config: object): { readonly diagnostics: readonly Diagnostic[] };
    free(): void;
  };
  readonly TemplateContent: new (text: string) => object;
}

/** Rules that CDK leaves out in its own run, strict or not: its templates break them by design. */
const LEFT_OUT_BY_CDK = ['W3005', 'W1020', 'I4010', 'W4011', 'W4012', 'W9002', 'W9013', 'W1103'];

/** Everything from warnings up that the engine says of a template. The first call in a process costs seconds. */
export function cfnValidateFindings(templateText: string): CfnValidateFinding[] {
  const engine = cfnValidateEngine();
  try {
    return engine.findings(templateText);
  } finally {
    engine.free();
  }
}

/** The engine, for many templates. */
export function cfnValidateEngine(): { findings(templateText: string): CfnValidateFinding[]; free(): void } {
  const cdk = dirname(require.resolve('aws-cdk-lib/package.json'));
  const path = require.resolve('@aws/cloudformation-validate', { paths: [cdk] });
  const { CompositeEngine, TemplateContent } = require(path) as CloudFormationValidate;
  const engine = new CompositeEngine();
  const config = { detailLevel: 'STANDARD', severityLevel: 'WARN', exclude: { ids: LEFT_OUT_BY_CDK } };
  return {
    findings: (templateText) =>
      engine
        .validateTemplate(new TemplateContent(templateText), config)
        .diagnostics.map(({ ruleId, severity, message, propertyPath, entity }) => ({
          id: ruleId,
          severity,
          message: propertyPath ? `${propertyPath}: ${message}` : message,
          path: propertyPath ?? '',
          logicalId: entity?.entityType === 'Resource' ? entity.logicalId : undefined,
        })),
    free: () => {
      engine.free();
    },
  };
}

/** One finding of cdk-nag that nobody has acknowledged. */
export interface NagFinding {
  readonly pack: string;
  readonly id: string;
  readonly path: string;
  readonly message: string;
}

/** All six packs over the finished app, less what is acknowledged on the resource or above it. */
export function nagFindings(app: App): NagFinding[] {
  // Acknowledgements may be written as late as in the validation of the tree.
  app.synth();
  return packs(app).flatMap((pack) => {
    const report = pack.validateScope(app);
    return report.violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources
        .map(({ constructPath = '' }) => ({ pack: pack.name, id: ruleName, path: constructPath, message: description }))
        .filter(({ id, path }) => !isAcknowledged(app, path, `${pack.name}::${id}`)),
    );
  });
}

function packs(app: App): NagPack[] {
  return [
    new AwsSolutionsChecks(app),
    new HIPAASecurityChecks(app),
    new NIST80053R4Checks(app),
    new NIST80053R5Checks(app),
    new PCIDSS321Checks(app),
    new ServerlessChecks(app),
  ];
}

/** A pack run by hand knows acknowledgements without its name in front; those with it are for CDK, and are read here. */
function isAcknowledged(app: App, path: string, id: string): boolean {
  let construct: IConstruct | undefined = app;
  const acknowledged = (at: IConstruct) =>
    at.node.metadata.some(
      ({ type, data }) =>
        type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.keys((data ?? {}) as object).includes(id),
    );
  if (acknowledged(construct)) return true;
  for (const part of path.split('/')) {
    construct = construct?.node.tryFindChild(part);
    if (construct && acknowledged(construct)) return true;
  }
  return false;
}

/** The rules about API Gateway, pack by pack. */
export const API_GATEWAY_NAG_RULES: readonly string[] = [
  'AwsSolutions-APIG1',
  'AwsSolutions-APIG2',
  'AwsSolutions-APIG3',
  'AwsSolutions-APIG4',
  'AwsSolutions-APIG6',
  'AwsSolutions-COG4',
  'HIPAA.Security-APIGWCacheEnabledAndEncrypted',
  'HIPAA.Security-APIGWExecutionLoggingEnabled',
  'HIPAA.Security-APIGWSSLEnabled',
  'HIPAA.Security-APIGWXrayEnabled',
  'NIST.800.53.R4-APIGWCacheEnabledAndEncrypted',
  'NIST.800.53.R4-APIGWExecutionLoggingEnabled',
  'NIST.800.53.R5-APIGWAssociatedWithWAF',
  'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
  'NIST.800.53.R5-APIGWExecutionLoggingEnabled',
  'NIST.800.53.R5-APIGWSSLEnabled',
  'PCI.DSS.321-APIGWAssociatedWithWAF',
  'PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
  'PCI.DSS.321-APIGWExecutionLoggingEnabled',
  'PCI.DSS.321-APIGWSSLEnabled',
  'Serverless-APIGWAccessLogging',
  'Serverless-APIGWDefaultThrottling',
  'Serverless-APIGWStructuredLogging',
  'Serverless-APIGWXrayEnabled',
];

/** Of those, the ones that are a matter of policy: Cognito on every method, a cache, a client certificate. The user decides. */
export const POLICY_NAG_RULES: readonly string[] = API_GATEWAY_NAG_RULES.filter((id) =>
  /COG4|CacheEnabledAndEncrypted|SSLEnabled/.test(id),
);
