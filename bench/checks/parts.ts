/** Resources of a template by logical id. */
export type Resources = Record<string, object>;

/** How many functions answer the routes. */
const FUNCTIONS = 10;

export const ref = (logicalId: string): object => ({ Ref: logicalId });
export const sub = (text: string): object => ({ 'Fn::Sub': text });

export const functionOf = (index: number): string => `Fn${index % FUNCTIONS}`;

export const invocation = (fn: string): object =>
  sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`);

/** One statement for each route, as the L2s write them. */
export const permission = (fn: string, pattern: string): object => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] },
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${pattern}`),
  },
});

/** The number of routes, each as what the function makes of its index. */
export function each(routes: number, make: (index: number) => Resources): Resources {
  const resources: Resources = {};
  for (let index = 0; index < routes; index++) Object.assign(resources, make(index));
  return resources;
}

/** What stands around the API, whatever its kind. */
export function surroundings(): Resources {
  return {
    ...each(FUNCTIONS, (index) => ({
      [functionOf(index)]: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 10 } },
    })),
    Check: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 5 } },
    CheckPermission: permission('Check', 'authorizers/*'),
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: ref('Pool') } },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Account: {
      Type: 'AWS::ApiGateway::Account',
      Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
  };
}

/** An access log that tells what each kind of API can. */
export const accessLog = (...variables: string[]): object => ({
  DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] },
  Format: JSON.stringify(
    Object.fromEntries(
      ['requestId', 'identity.sourceIp', 'requestTime', 'status', 'error.message', ...variables].map((name) => [
        name,
        `$context.${name}`,
      ]),
    ),
  ),
});
