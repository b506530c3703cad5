import { type ReleaseClients, ReleaseControl } from '../../live/release';
import { type StageRef } from '../../live/stage';
import { type Sleep } from '../shared/cloudformation-response';
import { type StackClient } from './stack-status';

export interface ApplyEnvironment {
  readonly clients: ReleaseClients & { readonly stacks: StackClient };
  readonly now: () => number;
  /** What tests replace. */
  readonly sleep?: Sleep;
}

export function controlOf({ clients }: ApplyEnvironment, { restApiId, stageName }: StageRef): ReleaseControl {
  return new ReleaseControl(clients, { restApiId, stageName });
}

/** How the ids of the custom resource begin that speaks for a stage. */
export const ownerPrefix = ({ restApiId, stageName }: StageRef) => `${restApiId}/${stageName}/`;
