import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import {
  AccessLogFormat,
  CacheSize,
  JsonSchema,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  StageCanary,
  WebAcl,
} from '../../lib';

const CODE = 'exports.handler = async () => ({ statusCode: 200, body: "{}" });';

/** Events that customers send within their usage plan; a release gets a tenth of the requests first. */
export class MeteredEventsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // Versions: the stable deployment keeps calling its own version, whatever the canary deploys.
    const version = (name: string) =>
      new Function(this, name, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) })
        .currentVersion;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });
    const event = JsonSchema.fromObject({
      type: 'object',
      required: ['type', 'time'],
      additionalProperties: false,
      properties: {
        type: { type: 'string', enum: ['opened', 'clicked', 'bought'] },
        time: { type: 'string', maxLength: 40 },
        data: { type: 'object' },
      },
    });

    new RestGateway(this, 'Events', {
      description: 'Events, so many a month',
      domain: { domainName: 'events.example.com', hostedZone: zone },
      defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(this, 'Users')], scopes: ['events/read'] }),
      apiKeyRequired: true,
      routes: {
        'POST /events': {
          integration: RestIntegration.lambda(version('Ingest')),
          scopes: ['events/write'],
          request: { body: event },
        },
        'GET /events/{id}': {
          integration: RestIntegration.lambda(version('Read')),
          // An event never changes, and is the same for all callers that may read events: only the id is in the key.
          request: { query: {} },
          cache: { ttl: Duration.seconds(60), perCaller: false },
        },
      },
      stages: {
        prod: {
          cache: { size: CacheSize.GB_0_5 },
          accessLog: { format: AccessLogFormat.rest({ additional: { client: 'authorizer.claims.client_id' } }) },
          canary: StageCanary.progressive({ steps: [10], interval: Duration.minutes(15) }),
        },
      },
      usagePlans: {
        starter: {
          throttle: { rateLimit: 5, burstLimit: 10 },
          quota: { limit: 1000, period: Period.MONTH },
          apiKeys: ['acme'],
        },
      },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }
}
