import { Stack, Validations } from 'aws-cdk-lib';
import { ApiDefinition, CfnMethod, CfnRestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IPolicyValidationContext } from 'aws-cdk-lib';
import { ApiGatewayChecks } from '../../lib/checks/checks';
import { fixFor, labelledFixes } from '../../lib/checks/fix';
import { RULES } from '../../lib/checks/registry';
import { Gateway, legacy, newApp } from './plugin-support';

const FIX = { library: 'Use the gateway.', l2: 'Set a prop.', cloudFormation: 'Set a property.' };
const WITHOUT_L2 = { library: FIX.library, cloudFormation: FIX.cloudFormation };

describe('the fix that is shown', () => {
  test.each([
    ['library', 'Use the gateway.'],
    ['l2', 'Set a prop.'],
    ['cloudFormation', 'Set a property.'],
    ['cdk', 'This library: Use the gateway.\nCDK L2: Set a prop.\nCloudFormation: Set a property.'],
  ] as const)('to who wrote it with %s', (origin, text) => {
    expect(fixFor({ fix: FIX, path: 'Properties.Policy' }, origin)).toBe(text);
  });

  test('is that of CloudFormation where no L2 has it', () => {
    expect(fixFor({ fix: WITHOUT_L2, path: '' }, 'l2')).toBe('Set a property.');
    expect(labelledFixes(WITHOUT_L2)).toEqual(['This library: Use the gateway.', 'CloudFormation: Set a property.']);
  });

  test('is that of CloudFormation inside of a document that an L2 hands over', () => {
    expect(fixFor({ fix: FIX, path: 'Properties.Body.paths./orders' }, 'l2')).toBe('Set a property.');
    expect(fixFor({ fix: FIX, path: 'Properties.BodyS3Location' }, 'l2')).toBe('Set a prop.');
    expect(fixFor({ fix: FIX, path: 'Properties.Body.paths' }, 'library')).toBe('Use the gateway.');
  });
});

describe('at synth', () => {
  const rule = RULES.find(({ id }) => id === 'ALL-AUTH1');
  const { fix } = rule ?? { fix: FIX };

  /** Fix of each resource that breaks ALL-AUTH1, by the construct that made it. */
  function shown(build: (stack: Stack) => void): Record<string, string | undefined> {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    build(stack);
    const fixes: Record<string, string | undefined> = {};
    const checks = new ApiGatewayChecks();
    // What CDK writes into its report leaves the fix out of what is suppressed, so the plugin is asked itself.
    const validate = checks.validate.bind(checks);
    jest.spyOn(checks, 'validate').mockImplementation((context: IPolicyValidationContext) => {
      for (const { ruleName, violatingResources, fix: text } of validate(context).violations) {
        if (ruleName === 'ALL-AUTH1') violatingResources.forEach((one) => (fixes[one.resourceLogicalId ?? ''] = text));
      }
      return { violations: [], success: true };
    });
    Validations.of(app).addPlugins(checks);
    app.synth();
    return Object.fromEntries(
      Object.entries(fixes).map(([logicalId, text]) => {
        const made = stack.node
          .findAll()
          .find((one) => 'logicalId' in one && stack.resolve(one.logicalId) === logicalId);
        return [made?.node.path ?? logicalId, text];
      }),
    );
  }

  const l1 = (stack: Stack): void => {
    const api = new CfnRestApi(stack, 'Raw', { name: 'raw' });
    new CfnMethod(stack, 'RawGet', {
      restApiId: api.ref,
      resourceId: api.attrRootResourceId,
      httpMethod: 'GET',
      authorizationType: 'NONE',
      integration: { type: 'MOCK' },
    });
  };
  const document = { openapi: '3.0.1', paths: { '/health': { get: { responses: {} } } } };

  test('each resource has the fix of what made it', () => {
    expect(fix.l2).toBeDefined();
    expect(
      shown((stack) => {
        new Gateway(stack, 'Orders', ['/health']);
        legacy(stack);
        l1(stack);
        new SpecRestApi(stack, 'Spec', { apiDefinition: ApiDefinition.fromInline(document) });
      }),
    ).toEqual({
      'Stack/Orders/Api': fix.library,
      'Stack/Legacy/Default/GET/Resource': fix.l2,
      'Stack/RawGet': fix.cloudFormation,
      'Stack/Spec/Resource': fix.cloudFormation,
    });
  });
});
