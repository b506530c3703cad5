import { type CfnResource } from 'aws-cdk-lib';
import { acknowledge } from '../authoring/acknowledge';

/** Records on a stage who creates its usage plans. */
export function acknowledgeUsagePlansElsewhere(stage: CfnResource, reason: string): void {
  acknowledge(stage, { id: 'ApiGateway::REST-KEY1', reason });
}
