import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { type NagRuleCompliance, rules } from 'cdk-nag';
import { cfnValidateEngine } from '../../support/strict';
import { type Resource, type Template } from './templates';

/** What another tool says of one resource. */
export interface Foreign {
  /** The code of CloudFormation Validate, or the name of the rule that packs of cdk-nag share. */
  readonly id: string;
  readonly logicalId: string;
  /** Where in the properties, with dots; empty for the resource as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The rules of cdk-nag that know API Gateway, under the names that all packs give them. */
const NAG_RULES: readonly ((node: CfnResource) => NagRuleCompliance)[] = [
  ...(Object.values(rules.apigw) as unknown as ((node: CfnResource) => NagRuleCompliance)[]),
  rules.cognito.CognitoUserPoolAPIGWAuthorizer as unknown as (node: CfnResource) => NagRuleCompliance,
];

/** What those rules look at. */
const KNOWN_TO_NAG = /^AWS::(ApiGateway(V2)?::|WAFv2::WebACLAssociation$)/;

/** Other resources are nothing but names to those rules, and some of them lack what their constructs require. */
function forNag(template: Template): string {
  const Properties = { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere' };
  const stub: Resource = { Type: 'Custom::Elsewhere', Properties };
  const resources = Object.entries(template.Resources).map(([id, one]) => [
    id,
    KNOWN_TO_NAG.test(one.Type) ? one : stub,
  ]);
  return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) as object });
}

/** Asks both tools; what was asked already is not asked again. */
export class Foreigners {
  private readonly folder = mkdtempSync(join(tmpdir(), 'compared-'));
  private readonly app = new App();
  private readonly validate = cfnValidateEngine();
  private readonly known = new Map<string, Foreign[]>();

  public of(template: Template): Foreign[] {
    return [...this.ofValidate(template), ...this.ofNag(forNag(template))];
  }

  public free(): void {
    this.validate.free();
    rmSync(this.folder, { recursive: true });
  }

  private ofValidate(template: Template): Foreign[] {
    return this.validate.findings(JSON.stringify(template)).map(({ id, logicalId = '', path, message }) => {
      return { id, logicalId, path: path.replace(/^Properties\.?/, ''), message };
    });
  }

  private ofNag(text: string): Foreign[] {
    const known = this.known.get(text) ?? this.findNag(text);
    this.known.set(text, known);
    return known;
  }

  private findNag(text: string): Foreign[] {
    const templateFile = join(this.folder, `${this.known.size}.json`);
    writeFileSync(templateFile, text);
    let include: CfnInclude;
    try {
      include = new CfnInclude(new Stack(this.app, `Stack${this.known.size}`), 'Include', { templateFile });
    } catch (error) {
      return [{ id: 'CfnInclude', logicalId: '', path: '', message: (error as Error).message }];
    }
    const resources = include.node.children.filter((node) => CfnResource.isCfnResource(node));
    return resources.flatMap((node) =>
      NAG_RULES.filter((rule) => isBroken(rule, node)).map(({ name }) => {
        return { id: name, logicalId: node.node.id, path: '', message: node.cfnResourceType };
      }),
    );
  }
}

/** A rule that throws is a finding of its pack, too. */
function isBroken(rule: (node: CfnResource) => NagRuleCompliance, node: CfnResource): boolean {
  try {
    return rule(node) === ('Non-Compliant' as NagRuleCompliance);
  } catch {
    return true;
  }
}
