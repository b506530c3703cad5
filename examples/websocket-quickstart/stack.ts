import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import {
  DynamoDbValue,
  JsonSchema,
  RequestValue,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
  WebSocketTokenSource,
} from '../../lib';

/** Messages invoke a function; a table stores the connections, without a function. */
export class WebSocketQuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const table = new Table(this, 'Connections', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    const send = new Function(this, 'Send', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "{}" });'),
    });
    const connectionId = DynamoDbValue.string(RequestValue.connectionId());
    const message = { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 1000 } } };

    const chat = new WebSocketGateway(this, 'Chat', {
      defaultAuthorizer: WebSocketAuthorizer.jwt({
        issuer: 'https://login.example.com/',
        audience: ['https://chat.example.com'],
        tokenSources: [WebSocketTokenSource.header(), WebSocketTokenSource.query('token')],
      }),
      routes: {
        $connect: {
          integration: WebSocketIntegration.dynamoDbPut(table, {
            item: {
              connectionId,
              user: DynamoDbValue.string(RequestValue.authorizerContext('sub')),
              expiresAt: DynamoDbValue.expiry(Duration.hours(3)),
            },
          }),
        },
        $disconnect: { integration: WebSocketIntegration.dynamoDbDelete(table, { key: { connectionId } }) },
        $default: {
          integration: WebSocketIntegration.mock({ body: '{"message":"no such action"}' }),
          returnResponse: true,
        },
        sendMessage: {
          integration: WebSocketIntegration.lambda(send),
          request: { body: JsonSchema.fromObject(message) },
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
      },
    });
    chat.grantManageConnections(send);
    send.addEnvironment('CALLBACK_URL', chat.callbackUrl());
  }
}
