import { Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { acknowledgeEveryVersion } from '../release/every-version';
import { pinFunction } from '../release/pinned-function';
import { criticalAlarmsOf } from '../operate/alarms';
import { type Owner } from '../shared/errors';
import { checkKind } from '../shared/foreign-kind';
import { type LambdaPermissions } from '../shared/lambda-permission';
import { type RouteKey } from '../shared/route-key';
import { type RouteArn, routeArn } from '../shared/source-arn';
import { type Document } from '../shared/skeleton';
import { StageVariables } from '../shared/stage-variables';
import { checkTemplateSizes } from '../shared/velocity/template-size';
import { type BoundIntegration } from './binding';
import { type ServiceRoles } from '../shared/service-roles';
import { type RestIntegration } from './integration';
import { type RestApiSettings } from './settings';
import { type StageDefinition } from './stage';

/** The role that functions under a stage canary are called with. */
const CALLED = 'Lambda';
const EVERY_VERSION_REASON =
  'The stage has a canary: its stable deployment calls the version of an earlier release, which no template names any more.';
const INTEGRATION = { kind: 'REST', what: 'integration', instead: 'Use RestIntegration' };

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class RouteBinder {
  private readonly variables: StageVariables;
  private acknowledged = false;

  constructor(
    private readonly gateway: Construct,
    private readonly settings: RestApiSettings,
    private readonly stages: Readonly<Record<string, StageDefinition>>,
    private readonly permissions: LambdaPermissions,
    private readonly roles: ServiceRoles,
  ) {
    this.variables = new StageVariables(stages);
  }

  /** The function that binds one integration to the route. */
  public binderOf(route: RouteKey, owner: Owner): (integration: RestIntegration) => BoundIntegration {
    const arn = routeArn(route.method, route.path);
    return (integration) => {
      const bound = checkKind(integration, INTEGRATION, owner)._bind({
        owner,
        route,
        stack: Stack.of(this.gateway),
        endpointType: this.settings.endpointType,
        stages: Object.keys(this.stages),
        cors: this.settings.cors,
        binaryMediaTypes: this.settings.binaryMediaTypes,
        criticalAlarms: () => criticalAlarmsOf(this.gateway),
        grantService: (service, grants) => this.roles.grant(service, grants),
        grantInvoke: (fn: IFunction, stage?: string) => this.grantInvoke(fn, stage, arn, owner),
        setStageVariable: (stage, name, value) => this.variables.set(stage, name, value, owner),
        useStageVariable: (name) => this.variables.use(name, route.key),
      });
      checkSizes(bound, owner);
      return bound;
    };
  }

  private grantInvoke(fn: IFunction, stage: string | undefined, arn: RouteArn, owner: Owner): string | undefined {
    const isSplit = Object.values(this.stages).some(({ canary }) => canary !== undefined);
    if (!isSplit) {
      this.permissions.grantRoute(fn, arn, stage === undefined ? undefined : this.stages[stage]);
      return undefined;
    }
    if (stage !== undefined) {
      throw owner.error(
        'a stage has a canary, and lambdaByStage reads a variable that both deployments share; write RestIntegration.lambda(fn.currentVersion)',
      );
    }
    // A role, and not a permission on each version: those of versions that left the template are taken away.
    const { resources, permitted } = pinFunction(fn, owner);
    permitted.forEach((each) => this.permissions.grantRoute(each, arn));
    if (!this.acknowledged) acknowledgeEveryVersion(this.roles, `${CALLED}-Policy`, EVERY_VERSION_REASON);
    this.acknowledged = true;
    return this.roles.grant(CALLED, [{ actions: ['lambda:InvokeFunction'], resources }]);
  }

  /** All variables of a stage: the user's, and those of integrations. */
  public variablesOf(stage: StageDefinition): Record<string, string> {
    return this.variables.of(stage);
  }

  /** The variables that routes read: name and route. */
  public get usedVariables(): readonly (readonly [string, string])[] {
    return this.variables.used;
  }
}

function checkSizes({ extension }: BoundIntegration, owner: Owner): void {
  checkTemplateSizes(extension.requestTemplates, 'request', owner);
  for (const response of Object.values((extension.responses ?? {}) as Readonly<Record<string, Document>>))
    checkTemplateSizes(response.responseTemplates, 'response', owner);
}
