import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CfnRestApi, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct, type IConstruct } from 'constructs';
import { registerGateway } from '../../lib/checks/registration';

export interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly acknowledgedId?: string;
  readonly reason?: string;
  readonly ruleMetadata?: Record<string, string>;
  readonly violatingConstructs: {
    readonly constructPath: string;
    readonly cloudFormationResource?: { readonly logicalId: string; readonly propertyPaths?: string[] };
  }[];
}

export interface Report {
  readonly failed: boolean;
  readonly plugins: { pluginName: string; violations: Violation[]; suppressedViolations?: Violation[] }[];
  readonly violations: Violation[];
  readonly suppressed: Violation[];
}

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'plugin-'));
let apps = 0;
export const newApp = (): App => new App({ outdir: path.join(outdir, String(apps++)) });

/** A real synth, and the report that it writes. */
export function synth(app: App): Report {
  let failed = false;
  const error = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth();
  } catch (thrown) {
    expect(String(thrown)).toContain('ApiGateway');
    failed = true;
  } finally {
    error.mockRestore();
  }
  const file = path.join(app.outdir, 'validation-report.json');
  const report = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as { pluginReports: Report['plugins'] })
    : { pluginReports: [] };
  const plugins = report.pluginReports;
  return {
    failed,
    plugins,
    violations: plugins.flatMap(({ violations }) => violations),
    suppressed: plugins.flatMap(({ suppressedViolations }) => suppressedViolations ?? []),
  };
}

export const names = (violations: readonly Violation[]): string[] => violations.map(({ ruleName }) => ruleName).sort();
export const paths = (violations: readonly Violation[]): string[] =>
  violations.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath)).sort();
export const acknowledge = (scope: IConstruct, ...ids: string[]): void =>
  ids.forEach((id) => Validations.of(scope).acknowledge({ id: `ApiGateway::${id}`, reason: `because ${id}` }));

/** A Body with open routes, and nothing else that is wrong with the API itself. */
export class Gateway extends Construct {
  public readonly api: CfnRestApi;

  constructor(scope: Construct, id: string, open: readonly string[] = ['/health', '/status'], registered = true) {
    super(scope, id);
    const operation = {
      responses: { 200: { description: 'ok' } },
      'x-amazon-apigateway-integration': {
        type: 'http',
        httpMethod: 'GET',
        uri: 'https://orders.example.com',
        responses: { default: { statusCode: '200' } },
      },
    };
    const body = {
      openapi: '3.0.1',
      paths: Object.fromEntries(open.map((route) => [route, { get: operation }])),
    };
    this.api = new CfnRestApi(this, 'Api', { body, securityPolicy: 'TLS_1_2', name: id });
    if (registered) {
      registerGateway(this);
    }
  }
}

/** An API of the kind that was there before: open, and without all that a stage should have. */
export const legacy = (scope: Construct): RestApi => {
  const api = new RestApi(scope, 'Legacy', { cloudWatchRole: false });
  api.root.addMethod('GET', new MockIntegration({ integrationResponses: [{ statusCode: '200' }] }), {
    methodResponses: [{ statusCode: '200' }],
  });
  return api;
};
