import { Lazy } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type SplicedBody } from '../shared/spliced-body';

/**
 * The resource of the API. Its document says all: CloudFormation refuses name, CORS, tags and the like beside one ("Redundant
 * fields"), so the tags that CDK puts on the resource go into the document.
 */
export class HttpApiResource extends CfnApi {
  constructor(scope: Construct, body: SplicedBody) {
    super(scope, 'Resource', { body, failOnWarnings: true });
    body.belongsTo(this);
  }

  /** The tags as a document has them; known when all of the app's tags are there. */
  public get documentTags(): unknown {
    return Lazy.uncachedAny(
      {
        produce: () =>
          Object.entries(this.tags.tagValues())
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, value]) => ({ name, 'x-amazon-apigateway-tag-value': value })),
      },
      { omitEmptyArray: true },
    );
  }

  protected override get cfnProperties(): Record<string, unknown> {
    return { ...super.cfnProperties, tags: undefined };
  }
}
