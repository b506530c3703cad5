import { Lazy, Stack, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Function, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundledCode } from '../authoring/bundled-code';
import { KEPT } from '../authoring/removal';
import { JWT_LOG_FINDINGS, jwtFunctionFindings } from './acknowledgements';
import { type JwtSettings } from './settings';

const TIMEOUT_SECONDS = 10;
const RETENTION_DAYS = 365;

/** The function that checks the tokens of one issuer for one gateway, with a role that can write its log. */
export class JwtAuthorizerFunction extends Construct {
  public readonly fn: IFunction;

  /** @param routeScopes the `ROUTE_SCOPES` of the function; evaluated at synthesis */
  constructor(scope: Construct, id: string, settings: JwtSettings, routeScopes: () => string | undefined) {
    super(scope, id);
    const logs = new CfnLogGroup(this, 'Logs', { retentionInDays: RETENTION_DAYS });
    logs.applyRemovalPolicy(KEPT);
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
    new CfnManagedPolicy(this, 'Policy', {
      roles: [role.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs.attrArn }],
      },
    });
    const stack = Stack.of(this);
    const resource = new CfnFunction(this, 'Resource', {
      description: 'Checks the JSON Web Tokens of requests',
      runtime: Runtime.NODEJS_24_X.name,
      handler: 'index.handler',
      code: bundledCode(this, 'jwt-authorizer'),
      role: role.attrArn,
      timeout: TIMEOUT_SECONDS,
      memorySize: 256,
      loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
      environment: {
        variables: Lazy.uncachedAny({ produce: () => environmentOf(settings, routeScopes(), stack) }),
      },
    });
    Validations.of(logs).acknowledge(...JWT_LOG_FINDINGS);
    Validations.of(resource).acknowledge(...jwtFunctionFindings('kind' in settings.token));
    this.fn = Function.fromFunctionAttributes(this, 'Function', {
      functionArn: resource.attrArn,
      sameEnvironment: true,
    });
  }
}

/** The environment variables that the function reads when it starts; see its configuration. */
export function environmentOf(
  settings: JwtSettings,
  routeScopes: string | undefined,
  stack: Stack,
): Record<string, string> {
  const { issuer, audience, scopes, requiredClaims, algorithms, token, clockToleranceSeconds } = settings;
  const variables: Record<string, string> = {
    ISSUER: issuer,
    AUDIENCE: stack.toJsonString(audience),
    SCOPES: stack.toJsonString(scopes),
    REQUIRED_CLAIMS: stack.toJsonString(requiredClaims),
    SETTINGS: stack.toJsonString({ ...token, clockTolerance: clockToleranceSeconds, algorithms }),
  };
  if (routeScopes !== undefined) variables.ROUTE_SCOPES = routeScopes;
  return variables;
}
