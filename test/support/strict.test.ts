import { App, Stack, Validations } from 'aws-cdk-lib';
import { AuthorizationType, type CfnMethod, type CfnStage, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type IApplyRule,
  type NagPack,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  rules,
  ServerlessChecks,
} from 'cdk-nag';
import {
  API_GATEWAY_NAG_RULES,
  cfnValidateFindings,
  type CfnValidateFinding,
  nagFindings,
  type NagFinding,
  POLICY_NAG_RULES,
} from './strict';

interface Fixture {
  readonly app: App;
  readonly api: RestApi;
  readonly template: string;
}

function l2(prepare: (api: RestApi) => void = () => undefined): Fixture {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const api = new RestApi(stack, 'Api');
  api.root.addMethod('GET', new MockIntegration(), { authorizationType: AuthorizationType.NONE });
  prepare(api);
  return { app, api, template: JSON.stringify(app.synth().getStackByName('Stack').template) };
}

describe('CloudFormation Validate', () => {
  let findings: CfnValidateFinding[];

  beforeAll(() => {
    const { template } = l2((api) => {
      const method = api.node.findChild('Default').node.findChild('GET').node.defaultChild as CfnMethod;
      method.addPropertyOverride('Integration.Type', 'NOTHING');
      method.addPropertyOverride('AuthorizationType', 'COGNITO_USER_POOLS');
    });
    findings = cfnValidateFindings(template);
  }, 60_000);

  test('finds what is wrong, with its resource', () => {
    expect(findings).toContainEqual(
      expect.objectContaining({
        id: 'W3030',
        severity: 'WARN',
        message: expect.stringMatching(/^Properties\.Integration\.Type: /),
        logicalId: expect.stringMatching(/^ApiGET/),
      }),
    );
  });

  test('finds nothing in what is right', () => {
    const { template } = l2();
    expect(cfnValidateFindings(template)).toEqual([]);
  });
});

describe('cdk-nag', () => {
  const idsOf = (findings: readonly NagFinding[]) => [...new Set(findings.map(({ id }) => id))];

  test('finds what the L2 leaves open, in every pack', () => {
    const findings = nagFindings(l2().app);
    const ids = idsOf(findings);
    const open = API_GATEWAY_NAG_RULES.filter((id) => ids.includes(id));
    // Nothing is logged, so the form of the log is not judged.
    expect(open).toEqual(API_GATEWAY_NAG_RULES.filter((id) => id !== 'Serverless-APIGWStructuredLogging'));
    expect(findings).toContainEqual({
      pack: 'AwsSolutions',
      id: 'AwsSolutions-APIG4',
      path: 'Stack/Api/Default/GET/Resource',
      message: 'The API does not implement authorization.',
    });
  });

  test.each([
    ['on the resource', (api: RestApi) => api.deploymentStage.node.defaultChild as CfnStage],
    ['above it', (api: RestApi) => api],
  ])('leaves out what is acknowledged %s, by either spelling of the id, and nothing else', (_where, target) => {
    const before = nagFindings(l2().app);
    const after = nagFindings(
      l2((api) => {
        Validations.of(target(api)).acknowledge(
          { id: 'AwsSolutions::AwsSolutions-APIG1', reason: 'a test' },
          { id: 'HIPAA.Security-APIGWXrayEnabled', reason: 'a test' },
        );
      }).app,
    );
    const gone = idsOf(before).filter((id) => !idsOf(after).includes(id));
    expect(gone).toEqual(['AwsSolutions-APIG1', 'HIPAA.Security-APIGWXrayEnabled']);
    expect(after).toHaveLength(before.length - 2);
  });

  test('the list of rules is what the packs have', () => {
    const ours = new Set<unknown>([...Object.values(rules.apigw), rules.cognito.CognitoUserPoolAPIGWAuthorizer]);
    const ids = new Set<string>();
    const { app } = l2();
    const all = [
      AwsSolutionsChecks,
      HIPAASecurityChecks,
      NIST80053R4Checks,
      NIST80053R5Checks,
      PCIDSS321Checks,
      ServerlessChecks,
    ];
    for (const Pack of all) {
      const pack: NagPack = new Pack();
      const record = ({ rule, ruleSuffixOverride }: IApplyRule) => {
        if (ours.has(rule)) ids.add(`${pack.name}-${ruleSuffixOverride ?? rule.name}`);
      };
      Object.assign(pack, { applyRule: record });
      pack.validateScope(app);
    }
    expect([...ids].sort()).toEqual([...API_GATEWAY_NAG_RULES]);
    expect(POLICY_NAG_RULES).toHaveLength(8);
  });
});
