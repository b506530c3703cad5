import { type Located, type ResourceRef } from './place';
import { type Canary } from './stage';
import { type Value } from './value';

export interface Deployment extends Located {
  readonly description?: Value<string>;
  readonly stageName?: Value<string>;
  readonly stageDescription?: unknown;
  /** `DeploymentCanarySettings`: the deployment is the canary of its stage. */
  readonly canary?: Canary;
  /** CDK only: what can change without a new deployment. */
  readonly notHashed: readonly ResourceRef[];
  readonly dependsOn: readonly ResourceRef[];
}

/** One part of what a deployment takes a snapshot of: an operation, a model, a setting of the API… */
export interface DeployedPart extends Located {
  /** What people call it: `GET /orders`, a logical id, the name of a property. */
  readonly name: string;
  /** As plain JSON, but for texts with references, which are `Expression`s. */
  readonly content: unknown;
}
